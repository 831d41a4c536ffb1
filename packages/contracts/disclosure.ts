import { z } from 'zod';

/**
 * Phrases that disclose advertising, by language, for campaigns that ask for a disclosure and name no tags. German media
 * authorities ask for the plain words; elsewhere a plain word such as "ad" means other things, too.
 */
export const DISCLOSURE_TAGS = {
  en: ['#ad', '#advert', '#advertisement', '#sponsored', '#paidpartnership', 'paid partnership'],
  de: ['Werbung', 'Anzeige', '#gesponsert', 'bezahlte Partnerschaft'],
  es: ['#publi', '#publicidad', '#patrocinado', '#anuncio', 'colaboración pagada'],
  fr: ['#pub', '#publicité', '#sponsorisé', 'collaboration commerciale', 'partenariat rémunéré'],
  it: ['#adv', '#pubblicità', '#sponsorizzato'],
  nl: ['#advertentie', '#reclame', '#gesponsord'],
  pt: ['#publicidade', '#patrocinado', '#parceriapaga'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The disclosure that a campaign asks for in posts published after the lift. */
export const DisclosureSchema = z.strictObject({
  /** Tags or words of which a post must contain one; without them, {@link DISCLOSURE_TAGS} of all languages. */
  tags: z
    .array(
      z
        .string()
        .max(100)
        .regex(/[\p{L}\p{N}]/u, 'needs a letter or a digit'),
    )
    .min(1)
    .optional(),
});
export type Disclosure = z.infer<typeof DisclosureSchema>;

export function disclosureTags({ tags }: Disclosure): readonly string[] {
  return tags ?? Object.values(DISCLOSURE_TAGS).flat();
}
