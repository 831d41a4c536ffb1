-- The board of creators reads indexes alone: tiers without their reasons, and the platforms from which a post was heard.
CREATE INDEX creator_tier_numbers ON creator_tier (creator_id, campaign_id) INCLUDE (tier, risk_score);
CREATE INDEX account_heard_by_platform ON account_heard (platform);
