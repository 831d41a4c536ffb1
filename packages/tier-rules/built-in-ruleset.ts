/**
 * The ruleset that applies if the operator has none. It is YAML in a module, as this package does no I/O;
 * `docs/use/rules.md` explains the fields.
 */
export const BUILT_IN_RULESET = `\
version: 1

# Which tier a creator has for a campaign: tried from above, the first with a reason that holds.
tiers:
  - tier: 4
    name: Investigative
    because:
      - when: creator.registered && creator.underInvestigation
        reason: under investigation
      - when: creator.registered && creator.openSerious > 0
        reason: a serious alert is open
    confidenceThreshold: 0.35
    minutesToAct: { low: 240, medium: 60, high: 30, critical: 15 }
    minutesToResolve: { low: 2880, medium: 1440, high: 480, critical: 240 }
    escalateTo: [team-lead, on-call, head-of-security]
    tell: immediately
    review: { campaignWindow: true }
  - tier: 5
    name: Relationship
    because:
      - when: >-
          creator.registered && creator.trusted && creator.confirmedLeaks == 0 && creator.recentLeaks == 0
        reason: trusted long-term partner without a leak
    confidenceThreshold: 0.6
    minutesToAct: { low: 10080, medium: 2880, high: 240, critical: 60 }
    minutesToResolve: { low: 40320, medium: 20160, high: 2880, critical: 480 }
    escalateTo: [relationship-manager, team-lead]
    tell: digest
  - tier: 3
    name: Focused attention
    because:
      - when: creator.registered && creator.confirmedLeaks > 0
        reason: leaked before
      - when: creator.registered && creator.recentLeaks > 0
        reason: a leak was confirmed in the last 90 days
      - when: creator.registered && campaign.sensitivity in ['high', 'critical']
        reason: the campaign is highly sensitive
    confidenceThreshold: 0.45
    minutesToAct: { low: 1440, medium: 240, high: 60, critical: 30 }
    minutesToResolve: { low: 10080, medium: 2880, high: 480, critical: 240 }
    escalateTo: [team-lead, on-call, head-of-security]
    tell: immediately
    review: { campaignWindow: true }
    holdDays: 14
  - tier: 2
    name: Risk-based sampling
    because:
      - when: creator.registered && risk.score >= 20
        reason: the risk score reaches 20
    confidenceThreshold: 0.55
    minutesToAct: { low: 2880, medium: 480, high: 120, critical: 45 }
    minutesToResolve: { low: 20160, medium: 4320, high: 1440, critical: 480 }
    escalateTo: [team-lead, on-call]
    tell: immediately
    review: { randomShare: 0.05, everyNth: 20 }
    holdDays: 30
  - tier: 1
    name: Automated bulk
    confidenceThreshold: 0.6
    minutesToAct: { low: 2880, medium: 1440, high: 240, critical: 60 }
    minutesToResolve: { low: 20160, medium: 10080, high: 2880, critical: 480 }
    escalateTo: [team-lead, on-call]
    tell: digest

leakWindowDays: 90
lookBackDays: 30

# Grades run from 1, poor, to 5, excellent; 0 where the brand has given none.
riskFactors:
  - { when: creator.partnerships == 0, points: 20, reason: first collaboration }
  - { when: creator.partnerships == 1, points: 10, reason: second collaboration }
  - { when: creator.partnerships >= 5, points: -10, reason: five partnerships or more }
  - { when: creator.confirmedLeaks > 0, points: 20, reason: leaked before }
  - { when: creator.recentLeaks == 1, points: 20, reason: one confirmed leak in 90 days }
  - { when: creator.recentLeaks >= 2, points: 35, reason: two confirmed leaks or more in 90 days }
  - { when: creator.pastLeaks > creator.recentLeaks, points: 10, reason: a confirmed leak longer ago }
  - { when: creator.concurrentPartnerships >= 3, points: 10, reason: three partnerships at once or more }
  - { when: "creator.professionalism in [1, 2]", points: 10, reason: briefs and dates are not kept }
  - { when: creator.professionalism >= 4, points: -5, reason: briefs and dates are kept }
  - { when: "creator.compliance in [1, 2]", points: 15, reason: past posts broke rules }
  - { when: creator.compliance >= 4, points: -5, reason: past posts kept the rules }
  - { when: "creator.audienceRelationship in [1, 2]", points: 5, reason: a poor relationship with the audience }
  - { when: "creator.technicalCapability in [1, 2]", points: 10, reason: schedules are often set wrong }
  - { when: "creator.businessMaturity in [1, 2]", points: 5, reason: little business experience }
  - { when: creator.businessMaturity >= 4, points: -5, reason: an established business }
  - { when: creator.followers >= 100000, points: 5, reason: a hundred thousand followers or more }
  - { when: "campaign.sensitivity == 'low'", points: -10, reason: low sensitivity }
  - { when: "campaign.sensitivity in ['high', 'critical']", points: 15, reason: high sensitivity }
  - { when: campaign.competitiveMarket, points: 10, reason: a competitive market }
  - when: "campaign.niche in ['gaming', 'tech'] && creator.technicalCapability == 0"
    points: 5
    reason: early access for a creator whose technical capability is unknown

# What a campaign's niche makes people look at: such a match may be so much less certain than the tier asks.
niches:
  - niche: beauty
    focus: images of products and packaging
    easeThreshold: { asset: 0.05 }
  - niche: gaming
    focus: technical terms and early access
    easeThreshold: { codename: 0.05, sku: 0.05, technical: 0.1, early-access: 0.1 }
  - niche: tech
    focus: technical terms and early access
    easeThreshold: { codename: 0.05, sku: 0.05, technical: 0.1, early-access: 0.1 }
  - niche: health
    focus: unsubstantiated claims
    easeThreshold: { claim: 0.1, phrase: 0.05 }
  - niche: b2b
    focus: competitive terms
    easeThreshold: { competitor: 0.1, price: 0.1 }
  - niche: local
    focus: places and events
    easeThreshold: { place: 0.1, event: 0.1, date: 0.05 }

# Tried from above: the first active rule that matches raises the alert, with its level as severity.
rules:
  - id: critical-campaign-last-days
    title: Any finding in a campaign of critical sensitivity, in the last three days before the lift
    status: active
    level: critical
    when: >-
      !embargo.lifted && embargo.dated && embargo.hoursLeft <= 72.0 && campaign.sensitivity == 'critical' &&
      match.confidence >= tier.threshold
    falsepositives:
      - A competitor's product with the same name.
    tests:
      positive:
        - name: a certain term, two days before the lift
          facts: { campaign: { sensitivity: critical }, embargo: { hoursLeft: 48 } }
        - name: a doubtful image of a creator in focus, an hour before the lift
          facts: { tier: 3, campaign: { sensitivity: critical }, match: { kind: asset, lane: image, confidence: 0.5 }, embargo: { hoursLeft: 1 } }
      negative:
        - name: a week before the lift
          facts: { campaign: { sensitivity: critical }, embargo: { hoursLeft: 168 } }
        - name: secret without a date
          facts: { campaign: { sensitivity: critical }, embargo: { dated: false, hoursLeft: 876000 } }
        - name: a campaign of high sensitivity
          facts: { campaign: { sensitivity: high } }
      afterEmbargo:
        - name: a certain term, an hour after the lift
          facts: { campaign: { sensitivity: critical }, embargo: { lifted: true, hoursLeft: -1 } }

  - id: critical-campaign
    title: Any finding in a campaign of critical sensitivity
    status: active
    level: high
    when: >-
      !embargo.lifted && campaign.sensitivity == 'critical' && match.confidence >= tier.threshold
    falsepositives:
      - A competitor's product with the same name.
    tests:
      positive:
        - name: a certain term
          facts: { campaign: { sensitivity: critical } }
        - name: a doubtful image of a creator in focus
          facts: { tier: 3, campaign: { sensitivity: critical }, match: { kind: asset, lane: image, confidence: 0.5 } }
      negative:
        - name: below the tier's threshold
          facts: { campaign: { sensitivity: critical }, match: { confidence: 0.5 } }
        - name: an ordinary campaign
      afterEmbargo:
        - name: a certain term, an hour after the lift
          facts: { campaign: { sensitivity: critical }, embargo: { lifted: true, hoursLeft: -1 } }

  - id: investigated-creator
    title: Any finding of a creator under investigation
    status: active
    level: high
    tiers: [4]
    when: "!embargo.lifted && match.confidence >= tier.threshold"
    falsepositives:
      - A creator who answers questions about the investigation itself.
    tests:
      positive:
        - name: a doubtful term
          facts: { tier: 4, match: { confidence: 0.45 } }
      negative:
        - name: the same of a creator in bulk
          facts: { tier: 1, match: { confidence: 0.45 } }
        - name: below the tier's threshold
          facts: { tier: 4, match: { confidence: 0.3 } }
      afterEmbargo:
        - name: after the lift
          facts: { tier: 4, embargo: { lifted: true, hoursLeft: -0.1 } }

  - id: sensitive-campaign
    title: A finding in a highly sensitive campaign
    status: active
    level: high
    when: >-
      !embargo.lifted && campaign.sensitivity == 'high' && match.confidence >= tier.threshold
    falsepositives:
      - A word of everyday language in a term.
    tests:
      positive:
        - name: a probable term, an hour before the lift
          facts: { campaign: { sensitivity: high }, match: { confidence: 0.8 }, embargo: { hoursLeft: 1 } }
      negative:
        - name: an ordinary campaign
        - name: below the tier's threshold
          facts: { campaign: { sensitivity: high }, match: { confidence: 0.4 } }
      afterEmbargo:
        - name: after the lift
          facts: { campaign: { sensitivity: high }, embargo: { lifted: true, hoursLeft: -3 } }

  - id: last-hour
    title: A finding in the last hour before the lift
    status: active
    level: low
    when: >-
      !embargo.lifted && embargo.dated && embargo.hoursLeft < 1.0 && match.confidence >= tier.threshold
    falsepositives:
      - A post scheduled for the lift by a clock that runs fast.
    tests:
      positive:
        - name: ten minutes too early
          facts: { embargo: { hoursLeft: 0.17 } }
      negative:
        - name: two hours too early
          facts: { embargo: { hoursLeft: 2 } }
      afterEmbargo:
        - name: at the lift itself
          facts: { embargo: { lifted: true, hoursLeft: 0 } }

  - id: low-sensitivity
    title: A finding in a campaign of low sensitivity, or a slip of a trusted partner's term
    status: active
    level: low
    when: >-
      !embargo.lifted && match.confidence >= tier.threshold &&
      (campaign.sensitivity == 'low' || (tier.number == 5 && match.kind == 'term'))
    falsepositives:
      - A general hashtag among the terms.
    tests:
      positive:
        - name: low sensitivity
          facts: { campaign: { sensitivity: low } }
        - name: a trusted partner's caption
          facts: { tier: 5 }
      negative:
        - name: a trusted partner shows an asset
          facts: { tier: 5, match: { kind: asset, lane: image } }
      afterEmbargo:
        - name: after the lift
          facts: { campaign: { sensitivity: low }, embargo: { lifted: true, hoursLeft: -8 } }

  - id: leaked-asset
    title: A registered image in a post
    status: active
    level: high
    when: "!embargo.lifted && match.kind == 'asset' && match.confidence >= tier.threshold"
    falsepositives:
      - The brand's older packshot, when the new one differs by little.
    tests:
      positive:
        - name: a certain image
          facts: { match: { kind: asset, lane: image } }
      negative:
        - name: a term
        - name: an image below the threshold
          facts: { match: { kind: asset, lane: image, confidence: 0.5 } }
      afterEmbargo:
        - name: after the lift
          facts: { match: { kind: asset, lane: image }, embargo: { lifted: true, hoursLeft: -2 } }

  - id: leaked-term
    title: An embargoed term in a post
    status: active
    level: medium
    when: "!embargo.lifted && match.kind == 'term' && match.confidence >= tier.threshold"
    falsepositives:
      - A word of everyday language in a term.
      - A namesake in another line of business.
    tests:
      positive:
        - name: a certain term
        - name: an account that no brand has registered
          facts: { creator: { registered: false } }
      negative:
        - name: an image
          facts: { match: { kind: asset, lane: image } }
        - name: a doubtful term
          facts: { match: { confidence: 0.5 } }
      afterEmbargo:
        - name: after the lift
          facts: { embargo: { lifted: true, hoursLeft: -48 } }

  - id: missing-disclosure
    title: A post after the lift that does not say that it is advertising
    status: active
    level: low
    when: "embargo.lifted && !match.disclosed && match.confidence >= tier.threshold"
    falsepositives:
      - A disclosure that only the platform shows, such as its label of a paid partnership.
      - A post that nobody has paid for.
    tests:
      positive:
        - name: no tag, a day after the lift
          facts: { match: { disclosed: false }, embargo: { lifted: true, hoursLeft: -24 } }
      negative:
        - name: no tag, before the lift
          facts: { match: { disclosed: false } }
        - name: below the tier's threshold
          facts: { match: { disclosed: false, confidence: 0.5 }, embargo: { lifted: true, hoursLeft: -24 } }
      afterEmbargo:
        - name: with a tag, or where none is asked for
          facts: { embargo: { lifted: true, hoursLeft: -24 } }

  - id: just-below-threshold
    title: How many alerts a threshold lower by 0.1 would add
    status: shadow
    level: low
    when: >-
      !embargo.lifted && match.confidence < tier.threshold && match.confidence >= tier.threshold - 0.1
    falsepositives:
      - That is what it is there to count.
    tests:
      positive:
        - name: a little below
          facts: { match: { confidence: 0.55 } }
      negative:
        - name: far below
          facts: { match: { confidence: 0.3 } }
        - name: at the threshold
          facts: { match: { confidence: 0.6 } }
      afterEmbargo:
        - name: after the lift
          facts: { match: { confidence: 0.55 }, embargo: { lifted: true, hoursLeft: -5 } }
`;
