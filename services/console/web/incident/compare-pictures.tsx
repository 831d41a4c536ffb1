import { SegmentedControl, Slider } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type incident } from '@leakwatch/console/schemas';
import { useEffect, useState } from 'react';
import { type z } from 'zod';
import { mapQuadrilateral, type Corners } from '../lib/map-quadrilateral.ts';
import { Chip } from '../parts/chip.tsx';
import { useKeys } from '../shell/keys.tsx';
import { words } from '../words/index.ts';
import styles from './incident.module.css';

type PictureMatch = z.infer<typeof incident.PictureMatchSchema>;
type View = 'outline' | 'overlay' | 'blink';

const TEXTS = words.incident.pictures;
const WHOLE: Corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const BLINK_MS = 700;

/** The registered asset beside the posted picture, and over it at the place where it was found. */
export function ComparePictures({
  matches,
  secret,
}: {
  readonly matches: readonly PictureMatch[];
  readonly secret: string;
}) {
  const [chosen, setChosen] = useState(0);
  const [view, setView] = useState<View>('outline');
  const [opacity, setOpacity] = useState(60);
  const toggle = (other: View) => setView((one) => (one === other ? 'outline' : other));
  const match = matches[chosen] ?? matches[0];
  // Pictures that are hidden can't be laid over each other.
  const canCompare = match !== undefined && match.picture.src !== null && match.asset.src !== null;
  useKeys(
    canCompare
      ? [
          { key: 'o', label: words.keys.overlay, run: () => toggle('overlay') },
          { key: 'b', label: words.keys.blink, run: () => toggle('blink') },
        ]
      : [],
  );
  if (match === undefined) return null;
  const { asset, picture, region, disguises } = match;
  return (
    <section className={styles.pictures} aria-label={TEXTS.title}>
      {matches.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={TEXTS.title}
          value={String(chosen)}
          onChange={(value) => setChosen(Number(value))}
          data={matches.map((one, index) => ({ value: String(index), label: one.asset.name }))}
        />
      )}
      <div className={styles.compare}>
        <figure>
          <div className={styles.frame}>
            <Shown src={asset.src} alt={TEXTS.altAsset(asset.name)} missing={null} />
          </div>
          <figcaption>
            <span>
              {TEXTS.registered}: {asset.name}
            </span>
            <span>{secret}</span>
          </figcaption>
        </figure>
        <figure>
          <div className={styles.frame}>
            {picture.src === null ? (
              <Shown src={null} alt={TEXTS.altPosted} missing={picture.missing} />
            ) : (
              <Outlined
                key={match.detectionId}
                posted={picture.src}
                asset={asset.src}
                corners={region ?? WHOLE}
                view={view}
                opacity={opacity / 100}
              />
            )}
          </div>
          <figcaption>
            <span>
              {TEXTS.posted}: {region === null ? TEXTS.wholePicture : TEXTS.region}
            </span>
            {canCompare && (
              <span className={styles.viewKeys}>
                <button type="button" aria-pressed={view === 'overlay'} onClick={() => toggle('overlay')}>
                  {TEXTS.overlay} <kbd>o</kbd>
                </button>
                <button type="button" aria-pressed={view === 'blink'} onClick={() => toggle('blink')}>
                  {TEXTS.blink} <kbd>b</kbd>
                </button>
              </span>
            )}
          </figcaption>
        </figure>
      </div>
      {view === 'overlay' && (
        <Slider
          value={opacity}
          onChange={setOpacity}
          thumbLabel={TEXTS.opacity}
          label={(value) => `${value} %`}
          size="sm"
        />
      )}
      <p className={styles.chips}>
        {disguises.map(({ code, says }) => (
          <Chip key={code}>{says}</Chip>
        ))}
        {match.grade !== null && <Chip>{words.grade[match.grade]}</Chip>}
        <Chip>{words.confidence(match.confidence)}</Chip>
      </p>
    </section>
  );
}

function Shown(props: {
  readonly src: string | null;
  readonly alt: string;
  readonly missing: string | null;
}) {
  const { src, alt, missing } = props;
  if (src !== null) return <img src={src} alt={alt} decoding="async" />;
  return (
    <div className={styles.noPicture} role="img" aria-label={missing ?? TEXTS.hiddenPicture}>
      <span aria-hidden="true">{missing ?? '▇▇▇▇'}</span>
    </div>
  );
}

/** The posted picture with the outline of the find, and the asset put onto it. */
function Outlined(props: {
  readonly posted: string;
  readonly asset: string | null;
  readonly corners: Corners;
  readonly view: View;
  readonly opacity: number;
}) {
  const { posted, asset, corners, view, opacity } = props;
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const isOn = useBlink(view === 'blink');
  const inPixels = corners.map(([x, y]) => [x * width, y * height] as const);
  const matrix = mapQuadrilateral(inPixels, { width, height });
  const isShown = view === 'overlay' || (view === 'blink' && isOn);
  return (
    <div className={styles.fit} ref={ref}>
      <img src={posted} alt={TEXTS.altPosted} decoding="async" />
      {asset !== null && isShown && matrix !== null && (
        <img
          className={styles.warped}
          src={asset}
          alt=""
          style={{ width, height, transform: matrix, opacity: view === 'blink' ? 1 : opacity }}
        />
      )}
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        <polygon points={corners.map(([x, y]) => `${x},${y}`).join(' ')} vectorEffect="non-scaling-stroke" />
      </svg>
    </div>
  );
}

/** Changes between on and off while it runs. A person who wants less motion sees it on. */
function useBlink(runs: boolean): boolean {
  const [isOn, setIsOn] = useState(true);
  useEffect(() => {
    setIsOn(true);
    if (!runs || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    const timer = setInterval(() => setIsOn((before) => !before), BLINK_MS);
    return () => clearInterval(timer);
  }, [runs]);
  return isOn;
}
