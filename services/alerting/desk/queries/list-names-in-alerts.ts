import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const NamesSchema = z.object({
  campaigns: z.array(z.string()),
  creators: z.array(z.string()),
  rules: z.array(z.string()),
  items: z.array(z.string()),
  platforms: z.array(z.string()),
  assignees: z.array(z.string()),
});
export type NamesInAlerts = Readonly<z.infer<typeof NamesSchema>>;

/** The ids that alerts name, also of what has left the watch list, and the people that they are assigned to. */
export async function listNamesInAlerts(db: Queryable): Promise<NamesInAlerts> {
  const answer = await db.query(
    `SELECT array(SELECT DISTINCT campaign_id FROM alert) AS campaigns, array(SELECT DISTINCT creator_id FROM alert) AS creators,
       array(SELECT DISTINCT rule_id FROM alert) AS rules, array(SELECT DISTINCT item_id FROM alert_occurrence) AS items,
       array(SELECT DISTINCT platform FROM alert_occurrence WHERE platform IS NOT NULL) AS platforms,
       array(SELECT DISTINCT assignee FROM alert WHERE assignee IS NOT NULL) AS assignees`,
  );
  const [names] = parseRows(answer, NamesSchema);
  return names ?? { campaigns: [], creators: [], rules: [], items: [], platforms: [], assignees: [] };
}
