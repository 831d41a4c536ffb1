import { z } from 'zod';

/** A post's record as the lexicon `app.bsky.feed.post` documents it. Only what becomes part of a post is read. */
const BlobSchema = z.object({ ref: z.object({ $link: z.string() }), mimeType: z.string().optional() });
export type Blob = z.infer<typeof BlobSchema>;

const MediaEmbedSchema = z.object({
  images: z.array(z.object({ image: BlobSchema, alt: z.string().optional() })).optional(),
  video: BlobSchema.optional(),
  alt: z.string().optional(),
  external: z
    .object({
      uri: z.string().optional(),
      title: z.string().optional(),
      description: z.string().optional(),
      thumb: BlobSchema.optional().catch(undefined),
    })
    .optional(),
});
export type MediaEmbed = z.infer<typeof MediaEmbedSchema>;

const ReferenceSchema = z.object({ uri: z.string() });

/** An embed is media, a quote, or both. A form that is not known counts as none; the text is read all the same. */
const EmbedSchema = MediaEmbedSchema.extend({
  media: MediaEmbedSchema.optional(),
  record: z.union([ReferenceSchema, z.object({ record: ReferenceSchema })]).optional(),
}).optional();

const FacetSchema = z.object({
  features: z.array(z.object({ uri: z.string().optional(), tag: z.string().optional() })),
});

const PostRecordSchema = z.object({
  text: z.string().catch(''),
  createdAt: z.string().optional().catch(undefined),
  langs: z.array(z.string()).optional().catch(undefined),
  tags: z.array(z.string()).optional().catch(undefined),
  reply: z.object({ parent: ReferenceSchema }).optional().catch(undefined),
  facets: z.array(FacetSchema).optional().catch(undefined),
  embed: EmbedSchema.catch(undefined),
});
export type PostRecord = z.infer<typeof PostRecordSchema>;

export const RecordsSchema = z.object({
  records: z.array(z.object({ uri: z.string(), cid: z.string(), value: PostRecordSchema })),
  cursor: z.string().optional(),
});
export type ListedRecord = z.infer<typeof RecordsSchema>['records'][number];

/** A DID document: where the repository is, and the handle that the account claims. */
export const DidDocumentSchema = z.object({
  alsoKnownAs: z.array(z.string()).default([]),
  service: z.array(z.object({ id: z.string(), serviceEndpoint: z.unknown() })).default([]),
});

export const ResolvedHandleSchema = z.object({ did: z.string().startsWith('did:') });
