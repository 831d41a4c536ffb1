/**
 * The playbooks in force without a file of the operator's; docs/use/playbooks.md explains them. Neither message names
 * anything that its recipient did not write: who posted by chance does not learn of a campaign. `message` goes to creators who are
 * briefed for the campaign, `messageToOthers` to everybody else.
 */
export const BUILT_IN_PLAYBOOKS = `playbooks:
  - violation: leaked-image
    requestedCorrection: The image is taken out of the post, or the post is deleted.
    message: |
      Hello {{handle}},
      your post of {{published}} ({{posts}}) shows an image that is not public yet.
      Please take it out, or delete the post, and tell us when it is done.
    messageToOthers: |
      Hello {{handle}},
      your post of {{published}} ({{posts}}) shows an image that is not public yet.
      We would be grateful if you took it out. Please get in touch with us if you have a question.
    checklist:
      - { id: compare, text: Compare the image with the campaign's own }
      - { id: copies, text: Look for the same image in the creator's other accounts }
      - { id: tell-brand, text: Tell the campaign's owner }
  - violation: early-post
    requestedCorrection: The post is deleted, or edited so that it says nothing of the campaign before its embargo lifts.
    message: |
      Hello {{handle}},
      your post of {{published}} ({{posts}}) speaks of something that is not public yet.
      Please take it down for now, and tell us when it is done.
    messageToOthers: |
      Hello {{handle}},
      your post of {{published}} ({{posts}}) touches something that is not public yet.
      We would be grateful if you took it down for now. Please get in touch with us if you have a question.
    checklist:
      - { id: embargo, text: Check which embargo the creator was told of }
      - { id: reposts, text: Look for reposts and answers that repeat it }
      - { id: tell-brand, text: Tell the campaign's owner }
  - violation: undisclosed-price
    requestedCorrection: The price is taken out of the post.
    message: |
      Hello {{handle}},
      your post of {{published}} ({{posts}}) names a price that is not public yet.
      Please take it out, and tell us when it is done.
    messageToOthers: |
      Hello {{handle}},
      your post of {{published}} ({{posts}}) names a price that is not public yet.
      We would be grateful if you took it out. Please get in touch with us if you have a question.
    checklist:
      - { id: right-price, text: Check whether the price is the real one }
      - { id: tell-brand, text: Tell the campaign's owner }
  - violation: missing-disclosure
    requestedCorrection: The post says clearly that it is advertising.
    message: |
      Hello {{handle}},
      your post of {{published}} ({{posts}}) does not say that it is advertising.
      Please add the disclosure that we agreed on.
    messageToOthers: |
      Hello {{handle}},
      your post of {{published}} ({{posts}}) does not say whether it is advertising.
      If somebody paid you for it, please say so in the post.
    checklist:
      - { id: agreement, text: Look up which disclosure was agreed on }
  - violation: other
    requestedCorrection: What the post must not say is taken out, or the post is deleted.
    message: |
      Hello {{handle}},
      please look at your post of {{published}} ({{posts}}) again and get in touch with us.
    messageToOthers: |
      Hello {{handle}},
      please look at your post of {{published}} ({{posts}}) again and get in touch with us.
    checklist:
      - { id: read, text: Read the post }
`;
