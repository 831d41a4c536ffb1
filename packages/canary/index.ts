export { canaryCampaign } from './canary-campaign.ts';
export { canaryPicture } from './canary-picture.ts';
export { CANARY_PICTURE_FILE, CANARY_SOURCE, canarySubmission } from './canary-post.ts';
