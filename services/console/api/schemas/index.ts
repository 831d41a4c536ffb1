/**
 * The contract between the console's server and its pages: zod and nothing else, so that a browser can load it.
 *
 * Requests and answers are JSON. A browser is known by the cookie of its session, a program by
 * `Authorization: Bearer <token>`. Every error is a {@link ProblemSchema}. A change needs `Content-Type:
 * application/json` and comes from a page of the console's own origin. Text that holds U+0000 or half a surrogate pair is refused
 * everywhere.
 *
 *   POST   /v1/session                   SignIn               → Session           signs in
 *   GET    /v1/session/methods                                → SignInMethods     before the sign-in; /v1/session/oidc begins one
 *   POST   /v1/session/welcome           Welcome              → Session           by the one-time link /welcome#CODE
 *   GET    /v1/session                                        → Session           401 if nobody is signed in
 *   DELETE /v1/session                                        → 204               signs out
 *   POST   /v1/session/password          PasswordChange       → Session           ends all other sessions
 *   GET    /v1/incidents                 ?QueueFilter &order &cursor &limit → QueuePage
 *   GET    /v1/incidents/choices                              → QueueChoices
 *   GET    /v1/incidents/:id             a prefix of 6 or more digits will do → Incident
 *   GET    /v1/incidents/:id/item                             → QueueItem         one row again, after an event
 *   POST   /v1/incidents/:id/moves       MoveRequest          → MoveAnswer        409 stale, 409 illegal-move
 *   POST   /v1/incidents/:id/reveal      {}                   → Incident          unredacted; writes the audit line
 *   POST   /v1/incidents/:id/checklist   ChecklistChange      → Playbook
 *   POST   /v1/incidents/:id/sent        SentMessage          → Playbook
 *   POST   /v1/bulk/preview              BulkPreviewRequest   → BulkPreview
 *   POST   /v1/bulk                      BulkRequest          → BulkAnswer        409 count-changed
 *   POST   /v1/undo/:id                  {}                   → UndoAnswer        409 undo-over after ten seconds
 *   GET    /v1/incidents/:id/pictures/:sha256  ?width=        → image/webp        evidence, re-encoded
 *   GET    /v1/incidents/:id/assets/:item      ?width=        → image/webp        the registered picture
 *   GET    /v1/campaigns/:id/assets/:item      ?width=        → image/webp
 *   GET    /v1/views                                          → SavedViews
 *   POST   /v1/views                     NewView              → SavedViews        replaces the view of that name
 *   DELETE /v1/views/:name                                    → SavedViews
 *   POST   /v1/review/next               {}                   → NextSample        keeps it for this reviewer
 *   POST   /v1/review/:id                ReviewDecision       → ReviewAnswer
 *   GET    /v1/performance               ?since &until &campaign → Performance
 *   GET    /v1/performance.csv           the same             → text/csv
 *   GET    /v1/watch-list                                     → WatchList
 *   POST   /v1/watch-list/try            TryText              → TriedText
 *   POST   /v1/watch-list/try-picture    ?draft, bytes        → TriedPicture
 *   GET    /v1/watch-list/content                             → Content           this and all below: lead
 *   GET    /v1/watch-list/creators       ?q                   → WatchedCreators
 *   GET    /v1/watch-list/draft, PUT /v1/watch-list/draft NewDraft, DELETE /v1/watch-list/draft → Draft
 *   POST   /v1/watch-list/draft/check    {}                   → DraftCheck
 *   POST   /v1/watch-list/draft/save     SaveDraft            → SavedVersion      409 stale
 *   POST   /v1/watch-list/pictures       bytes                → UploadedPicture
 *   GET    /v1/watch-list/pictures/:sha256  ?width=           → image/webp
 *   POST   /v1/watch-list/roster         RosterRequest        → Roster
 *   GET    /v1/watch-list/versions/:version/changes           → ListChanges       against the one before
 *   POST   /v1/watch-list/versions/:version/draft {}          → Draft             a draft that goes back to it
 *   GET    /v1/creators                  ?q &tier &limit      → Creators
 *   GET    /v1/rescans, /v1/dead-letters, /v1/silences, /v1/rules, /v1/system
 *   POST   /v1/rescans/estimate, POST /v1/rescans  RescanScope → RescanEstimate, StartedRescan    this and all below: lead
 *   GET    /v1/rescans/:id               → RescanResult; POST /v1/rescans/:id/changes RescanChange
 *   POST   /v1/dead-letters/replay       ReplayRequest        → ReplayAnswer
 *   POST   /v1/silences                  NewSilence           → MadeSilence       DELETE /v1/silences/:id ends one
 *   GET    /v1/routes                                         → Routes
 *   POST   /v1/routes/proposals          NewProposal          → Routes            POST /v1/routes/proposals/:id ProposalDecision
 *   POST   /v1/routes/try                RoutesTrial          → TriedRoutes
 *   GET    /v1/tiers                     ?creator             → TiersOf; POST /v1/tier-pins NewPin, POST /v1/tier-pins/end EndedPin
 *   GET    /v1/notices                   ?alert &failed &limit → Notices; POST /v1/notices/retry RetryRequest → RetryAnswer
 *   GET    /v1/tips                      ?state &limit        → Tips; POST /v1/tips, POST /v1/tips/:id/decision TipDecision
 *   GET    /v1/incidents/:id/evidence    ?verify              → Evidence; PUT, DELETE /v1/incidents/:id/evidence/hold (lead)
 *   GET    /v1/sources                                        → Sources; POST /v1/sources/check SourceCheck → CheckedSource
 *   POST   /v1/rules/proposals           NewProposal          → Rules             POST /v1/rules/proposals/:id ProposalDecision
 *   POST   /v1/rules/try                 RulesTrial           → TriedRules        429 while another runs
 *   GET    /v1/audit                     ?cursor (lead)       → Audit
 *   GET    /v1/accounts, POST /v1/accounts, PATCH /v1/accounts/:id (admin)        → Accounts, InvitedAccount, Account
 *   GET    /v1/tokens, POST /v1/tokens, DELETE /v1/tokens/:id                     → Tokens, IssuedToken, Tokens
 *   GET    /v1/events                    Last-Event-ID        → text/event-stream of LiveEvent
 *   GET    /v1/openapi.json
 *
 * Notices link to the page `/alerts/<id>`; the one-time link leads to `/welcome#CODE`. Every path outside `/v1` and
 * `/assets` that is no file answers with index.html.
 */
export * from './change.ts';
export * from './common.ts';
export { CreatorRowSchema, CreatorsSchema, type CreatorRow, type Creators } from './creators.ts';
export * from './events.ts';
export * as incident from './incident.ts';
export { IncidentSchema, type Incident } from './incident.ts';
export * from './operations.ts';
export * from './performance.ts';
export * from './problem.ts';
export * from './queue.ts';
export * from './review.ts';
export * from './session.ts';
export * from './system.ts';
export * as watchList from './watch-list.ts';
export * from './watch-list-draft.ts';
export {
  TriedTextSchema,
  TryTextSchema,
  WatchListSchema,
  type TriedText,
  type WatchList,
} from './watch-list.ts';
