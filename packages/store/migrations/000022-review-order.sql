-- Whether a drawn post was given to a reviewer because it is near a campaign's brief, not by chance. While such posts
-- are among the answers, recall is estimated from the half of the queue that stays in drawn order.
ALTER TABLE review_sample ADD COLUMN shown_by_nearness boolean NOT NULL DEFAULT false;
