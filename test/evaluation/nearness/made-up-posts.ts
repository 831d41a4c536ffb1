/** Invented campaigns, posts that tell their secret without its name, and innocent posts by the same kind of creator. */
export interface MadeUpCampaign {
  readonly id: string;
  readonly term: string;
  readonly brief: string;
  /** Each tells the secret in a creator's words. */
  readonly paraphrases: readonly string[];
  /** Each is about the same field and tells nothing. */
  readonly innocent: readonly string[];
}

export const CAMPAIGNS: readonly MadeUpCampaign[] = [
  {
    id: 'foldable',
    term: 'Orvane Plica',
    brief: `Orvane will show its first folding phone on 12 March. The device opens like a book to an eight inch
screen and has no visible crease. It has a titanium hinge, three cameras with a periscope zoom, and a battery that lasts
two days. Creators receive a sealed unit one week before. They have signed a non-disclosure agreement and must not show
the phone, its box, its price of 1,499 dollars or photos taken with it before the launch event in Lisbon.`,
    paraphrases: [
      'the foldable one they made us sign for is sitting on my desk right now and I cannot stop opening it',
      'so I have a phone that opens like a little paperback and you do not, yet',
      'no crease. not even a faint one. thats all I am allowed to say',
      'they are flying a bunch of us to Lisbon in March for something that bends in half',
      'shot this sunset with a camera that officially does not exist until next month 👀',
      'two full days on one charge with the new toy and nobody can know what it is lol',
      'guess which company finally did a flip out screen. hint: I signed a scary paper',
      'my new daily driver turns into a tablet and fits in a shirt pocket, ask me in march',
      'fourteen hundred and ninety nine bucks is a lot for a hinge but what a hinge',
      'that zoom is ridiculous, I can read a licence plate from my balcony with a prototype',
      'box arrived sealed with a scary sticker. launch event cant come soon enough',
    ],
    innocent: [
      'my phone battery dies at noon every single day I need a new one',
      'dropped my phone in the sink again, rice is not working',
      'which camera settings do you use for night photos',
      'desk setup tour is up on the channel, link in bio',
      'folding laundry is my cardio',
      'screen time report says nine hours. no comment',
    ],
  },
  {
    id: 'serum',
    term: 'Lumeveil Dew',
    brief: `Lumeveil launches an overnight face serum with fermented rice water and two percent bakuchiol, a plant
alternative to retinol. It is for sensitive skin, free of fragrance, and comes in a refillable glass bottle in pale
green. In the trial nine of ten women saw fewer fine lines after four weeks. The serum will be sold only at Sephora from
the first of May. Until then the formula, the bottle and the partnership with the retailer are confidential.`,
    paraphrases: [
      'testing a rice based thing before bed for four weeks and my forehead lines are packing up',
      'goodbye retinol, there is a plant version coming and my angry skin loves it',
      'the pale green bottle on my shelf is a secret until may so pretend you saw nothing',
      'something new is going to sephora and only sephora, been using it nightly',
      'I have been slathering fermented rice on my face for money and honestly wow',
      'no perfume smell at all, finally a night product my rosacea can handle, name coming soon',
      'you keep the glass and just refill it, love that, cannot tell you who makes it though',
      'bakuchiol girls rise up, a big brand is about to join us',
      'woke up glowing again thanks to a mystery lab sample, out in spring',
      'nine out of ten testers saw it and I am one of the nine, more on may first',
    ],
    innocent: [
      'my skincare routine is just sunscreen and hope',
      'does anybody else break out the week before a wedding',
      'sephora run with my sister, wallet is crying',
      'drank three litres of water today and my skin still hates me',
      'rice bowl for dinner again because I am lazy',
      'how do you get foundation out of a white shirt',
    ],
  },
  {
    id: 'game',
    term: 'Hollowmarch',
    brief: `The studio behind the Emberfall games announces a sequel at the winter showcase. It is an open world
role-playing game set in a drowned city, playable in co-op for up to four people. The main character is the daughter of the
first game's villain. Release is planned for October on consoles and PC. Streamers play a preview build of three hours in
our offices and may publish footage after the trailer. Story, setting, co-op mode and date are under embargo.`,
    paraphrases: [
      'played three hours of a sequel today that nobody knows is being made',
      'the villain had a daughter. that is the tweet. you will get it in winter',
      'imagine exploring a whole city that sank. now imagine it with three friends. soon',
      'october is going to eat my free time and I cannot say which rpg is to blame',
      'came home from their offices, hands still shaking, the preview build is gorgeous',
      'four player co op in THAT series. I screamed into a pillow',
      'they are finally making part two and it is under water',
      'my footage is locked until the trailer drops at the showcase, dying to post it',
      'no more corridors this time, you can walk anywhere, trust me I was there',
      'spent the day streaming to nobody on a private build, best job ever',
    ],
    innocent: [
      'stream tonight at eight, we are finishing the last boss finally',
      'controller drift is real and it found me',
      'who is up for some co op this weekend',
      'my backlog is older than my kids',
      'that trailer yesterday was so overhyped sorry',
      'console or pc, fight in the comments',
    ],
  },
  {
    id: 'sneaker',
    term: 'Veltro Cinder',
    brief: `Veltro and the singer Mina Okoro release a running shoe together. The upper is knitted from ocean plastic,
the sole is lava red with a carbon plate, and her handwritten lyrics are printed inside the tongue. Only five thousand
numbered pairs exist. The drop is on 21 June at noon in the app, for 220 euros, with a concert in Berlin the same night.
Creators get their pair early to train in private. Do not show the shoe, name the singer or mention the concert.`,
    paraphrases: [
      'my long run today was in shoes only five thousand people will ever own',
      'a certain singer wrote lyrics on the inside of my trainers and no I will not elaborate',
      'red soles, and not the fancy heel kind. fast. june',
      'these are made out of bottles from the sea and they feel like clouds',
      'keep the night of june 21 free if you live in berlin, thats all',
      'got my numbered pair early, running in the dark so the neighbours do not see',
      'carbon plate plus pop star is not a collab I had on my bingo card',
      'two hundred and twenty euros and gone in a minute I bet, set an alarm for noon',
      'I know who is giving a surprise concert and it is because of a shoe',
      'pb this morning in a prototype with the prettiest knit, cannot post my feet',
    ],
    innocent: [
      'long run done, legs are toast, coffee time',
      'berlin half marathon training week four',
      'need new running shoes, mine have a hole',
      'that concert last night, my ears are still ringing',
      'knee hurts, is it the shoes or am I old',
      'five k before breakfast, who am i',
    ],
  },
];
