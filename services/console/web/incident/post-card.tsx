import { type incident } from '@leakwatch/console/schemas';
import { type z } from 'zod';
import { Chip } from '../parts/chip.tsx';
import { Instant } from '../parts/instant.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { words } from '../words/index.ts';
import styles from './incident.module.css';

type Post = z.infer<typeof incident.PostSchema>;
type TextMatch = z.infer<typeof incident.TextMatchSchema>;

const TEXTS = words.incident.post;

/** One post, whole, with each match marked and explained. */
export function PostCard({ post, followers }: { readonly post: Post; readonly followers: number | null }) {
  const { author, platform, url, standing, removedAt } = post;
  const name = author.displayName ?? author.handle;
  return (
    <article className={styles.post} aria-label={`${TEXTS.title} @${author.handle}`}>
      <header className={styles.who}>
        <span className={styles.avatar} aria-hidden="true">
          {initials(name)}
        </span>
        <b>
          <bdi>@{author.handle}</bdi>
        </b>
        <span className={styles.note}>
          {words.engine.platform(platform)}
          {followers !== null && followers > 0 && ` · ${words.followers(followers)}`} ·{' '}
          <Instant at={post.publishedAt} as="ago" />
          {post.revision > 1 && ` · ${TEXTS.revision(post.revision)}`}
        </span>
        <span className={styles.standing} data-standing={standing}>
          {words.standing[standing]}
          {removedAt !== null && (
            <>
              {', '}
              <Instant at={removedAt} as="ago" />
            </>
          )}
        </span>
      </header>
      {post.fields.map((field, index) => (
        <div key={index} className={styles.field}>
          {field.kind !== 'caption' && (
            <span className={styles.fieldName}>
              {words.field[field.kind] ?? words.engine.inWords(field.kind)}
            </span>
          )}
          <p className={styles.text} dir="auto">
            <MarkedText text={field.text} spans={field.matches.map(({ span }) => span)} />
          </p>
          {distinct(field.matches).map((match) => (
            <MatchNote key={match.detectionId} match={match} />
          ))}
        </div>
      ))}
      {post.pictures.some(({ src }) => src !== null) && (
        <div className={styles.thumbs}>
          {post.pictures.map(({ mediaIndex, src, alt }) =>
            src === null ? null : (
              <img key={mediaIndex} src={src} alt={alt ?? words.queue.picture} loading="lazy" />
            ),
          )}
        </div>
      )}
      {url !== null && (
        <a className={styles.out} href={url} target="_blank" rel="noopener noreferrer">
          {TEXTS.openAtPlatform} ↗
        </a>
      )}
    </article>
  );
}

/** Says how a match differs from the registered term. */
export function MatchNote({ match }: { readonly match: Omit<TextMatch, 'detectionId'> }) {
  // Nothing is said of how a hidden name was written.
  const isSaid = match.disguises.length > 0;
  return (
    <p className={styles.note}>
      “<bdi>{match.matched}</bdi>” {TEXTS.is} <b>{match.term}</b>
      {isSaid && ': '}
      {match.disguises.map(({ code, says }, index) => (
        <span key={`${code}${index}`}>
          {index > 0 && ', '}
          {says}
        </span>
      ))}{' '}
      · {words.confidence(match.confidence)}
      {match.removedAt !== null && (
        <>
          {' '}
          <Chip>{TEXTS.removed}</Chip>
        </>
      )}
    </p>
  );
}

/** One note is enough for matches that say the same. */
function distinct(matches: readonly TextMatch[]): TextMatch[] {
  const seen = new Map(matches.map((match) => [JSON.stringify([match.matched, match.term]), match]));
  return [...seen.values()];
}

function initials(name: string): string {
  const letters = name.split(/[\s._-]+/).flatMap((part) => Array.from(part).slice(0, 1));
  return letters.slice(0, 2).join('').toUpperCase();
}
