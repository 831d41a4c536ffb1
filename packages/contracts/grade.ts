/** How much of an asset an image shows, and which of that raises an alert. A browser loads this file, too: it imports zod only. */
import { z } from 'zod';

/** The image shows the asset, shares a part with it, or has its layout with other content. */
export const GradeSchema = z.enum(['same', 'part', 'same-layout']);
export type Grade = z.infer<typeof GradeSchema>;

/** The grades that raise alerts. Detections of other grades are kept and raise none. */
export const AlertOnSchema = z
  .array(GradeSchema)
  .min(1, 'must name a grade; a picture that is never to alert is `cleared`, or not in the list')
  .refine((grades) => new Set(grades).size === grades.length, 'names a grade twice')
  .meta({ uniqueItems: true });

/** Siblings of one layout are posted every day, and most are public. */
export const DEFAULT_ALERT_ON: readonly Grade[] = ['same', 'part'];

interface GradePolicy {
  readonly alertOn?: readonly Grade[] | undefined;
  /** `alertOn` of earlier versions: `alert` stands for all grades. */
  readonly sameLayout?: 'doubt' | 'alert' | undefined;
}

/** The grades of an asset that raise alerts: its own, else its campaign's, else {@link DEFAULT_ALERT_ON}. */
export function alertGradesOf(campaign: GradePolicy, asset?: GradePolicy): readonly Grade[] {
  const older = asset?.sameLayout === 'alert' ? GradeSchema.options : undefined;
  return asset?.alertOn ?? older ?? campaign.alertOn ?? DEFAULT_ALERT_ON;
}
