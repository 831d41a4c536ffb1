import { LIMITS, PlatformInstantSchema, type SubmittedPost } from '@leakwatch/contracts';
import { type Upload, type Video } from './video-schema.ts';

export interface Channel {
  readonly id: string;
  readonly title: string;
  readonly handle: string;
}

/** The platform's name, and the name of its only instance. */
export const YOUTUBE = 'youtube';
const LONGEST_TITLE = 2000;

/** A video as its list of uploads shows it. */
export function postOfUpload({ snippet, contentDetails }: Upload, channel: Channel): SubmittedPost {
  const publishedAt = contentDetails.videoPublishedAt ?? snippet.publishedAt;
  return postOf(snippet.resourceId.videoId, { ...snippet, publishedAt }, channel);
}

/** A video with what only its own entry has: tags and languages. */
export function postOfVideo({ id, snippet }: Video, channel: Channel): SubmittedPost {
  const lang = snippet.defaultAudioLanguage ?? snippet.defaultLanguage;
  return {
    ...postOf(id, snippet, channel),
    tags: snippet.tags ?? [],
    ...(lang === undefined ? {} : { lang }),
  };
}

function postOf(
  id: string,
  { title, description, thumbnails, publishedAt }: Omit<Video['snippet'], 'tags'>,
  channel: Channel,
): SubmittedPost {
  const published = PlatformInstantSchema.safeParse(publishedAt).data;
  return {
    id,
    platform: YOUTUBE,
    instance: YOUTUBE,
    type: 'video',
    author: {
      id: channel.id,
      handle: channel.handle,
      displayName: channel.title,
      url: `https://www.youtube.com/channel/${channel.id}`,
    },
    url: `https://www.youtube.com/watch?v=${encodeURIComponent(id)}`,
    title: title.slice(0, LONGEST_TITLE),
    text: description.slice(0, LIMITS.textLength),
    media: largest(thumbnails).map((url) => ({ url, mime: 'image/jpeg' })),
    ...(published === undefined ? {} : { publishedAt: published }),
  };
}

/** The largest thumbnail: the others show the same in fewer pixels. */
function largest(thumbnails: Video['snippet']['thumbnails'] = {}): string[] {
  const [first] = Object.values(thumbnails).toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0));
  return first !== undefined && /^https?:\/\//i.test(first.url) ? [first.url] : [];
}
