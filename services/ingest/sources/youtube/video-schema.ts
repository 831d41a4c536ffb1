import { z } from 'zod';

/**
 * Answers of the YouTube Data API v3, as far as they are read. Source: the API's reference for `channels`, `playlistItems`
 * and `videos`.
 */
const ThumbnailsSchema = z
  .record(z.string(), z.object({ url: z.string(), width: z.number().optional() }))
  .optional();

export const ChannelsSchema = z.object({
  items: z
    .array(
      z.object({
        id: z.string(),
        snippet: z.object({ title: z.string(), customUrl: z.string().optional() }),
        contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string().optional() }) }),
      }),
    )
    .optional(),
});

export const UploadsSchema = z.object({
  nextPageToken: z.string().optional(),
  items: z.array(
    z.object({
      snippet: z.object({
        title: z.string(),
        description: z.string(),
        thumbnails: ThumbnailsSchema,
        resourceId: z.object({ videoId: z.string() }),
        publishedAt: z.string(),
      }),
      contentDetails: z.object({ videoPublishedAt: z.string().optional() }),
    }),
  ),
});
export type Upload = z.infer<typeof UploadsSchema>['items'][number];

export const VideosSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      snippet: z.object({
        title: z.string(),
        description: z.string(),
        thumbnails: ThumbnailsSchema,
        tags: z.array(z.string()).optional(),
        defaultLanguage: z.string().optional(),
        defaultAudioLanguage: z.string().optional(),
        publishedAt: z.string(),
      }),
    }),
  ),
});
export type Video = z.infer<typeof VideosSchema>['items'][number];
