import { LIMITS, PlatformInstantSchema, type SubmittedPost } from '@leakwatch/contracts';
import { type Blob, type ListedRecord, type MediaEmbed, type PostRecord } from './record-schema.ts';

const LONGEST_PART = 2000;

export interface RecordOrigin {
  readonly did: string;
  readonly pds: string;
  readonly handle: string;
  readonly instance: string;
}

/** Makes a post of a record in an account's repository. Pictures and videos get the address of their blob. */
export function postOfRecord(
  { uri, value }: Pick<ListedRecord, 'uri' | 'value'>,
  { did, pds, handle, instance }: RecordOrigin,
): SubmittedPost {
  const { embed } = value;
  const features = (value.facets ?? []).flatMap((facet) => facet.features);
  const embeds = [embed, embed?.media].filter((one) => one !== undefined);
  const external = embeds.find((one) => one.external !== undefined)?.external;
  const publishedAt = PlatformInstantSchema.safeParse(value.createdAt).data;
  const quoted = quotedUri(embed);
  return {
    id: uri,
    platform: 'bluesky',
    instance,
    author: { id: did, handle },
    url: `https://bsky.app/profile/${did}/post/${rkeyOf(uri)}`,
    text: value.text.slice(0, LIMITS.textLength),
    ...(value.reply === undefined ? {} : { inReplyTo: value.reply.parent.uri }),
    ...(quoted === undefined || quoted.length > LONGEST_PART ? {} : { quoteOf: { url: quoted } }),
    ...(external === undefined ? {} : { linkCard: cardOf(external) }),
    ...(value.langs?.[0] === undefined ? {} : { lang: value.langs[0] }),
    tags: [...(value.tags ?? []), ...features.flatMap(({ tag }) => tag ?? [])],
    links: [
      ...features.flatMap((feature) => feature.uri ?? []),
      ...(external?.uri === undefined ? [] : [external.uri]),
    ],
    media: embeds
      .flatMap((one) => mediaOf(one, (blob) => blobAddress(pds, did, blob)))
      .slice(0, LIMITS.mediaPerPost),
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}

/** The last part of a record's address. */
export function rkeyOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

function quotedUri(embed: PostRecord['embed']): string | undefined {
  const record = embed?.record;
  if (record === undefined) return undefined;
  return 'uri' in record ? record.uri : record.record.uri;
}

function cardOf({ uri, title, description }: NonNullable<MediaEmbed['external']>) {
  return {
    ...(uri === undefined ? {} : { url: uri.slice(0, LONGEST_PART) }),
    ...(title === undefined ? {} : { title: title.slice(0, LONGEST_PART) }),
    ...(description === undefined ? {} : { description: description.slice(0, LONGEST_PART) }),
  };
}

function mediaOf({ images, video, alt, external }: MediaEmbed, address: (blob: Blob) => string) {
  const blobs = [
    ...(images ?? []).map((one) => ({ blob: one.image, alt: one.alt })),
    ...(video === undefined ? [] : [{ blob: video, alt }]),
    ...(external?.thumb === undefined ? [] : [{ blob: external.thumb, alt: undefined }]),
  ];
  return blobs.map((one) => ({
    url: address(one.blob),
    ...(one.blob.mimeType === undefined ? {} : { mime: one.blob.mimeType }),
    ...(one.alt ? { alt: one.alt } : {}),
  }));
}

function blobAddress(pds: string, did: string, { ref }: Blob): string {
  const query = new URLSearchParams({ did, cid: ref.$link });
  return `${pds}/xrpc/com.atproto.sync.getBlob?${query.toString()}`;
}
