/**
 * Made by generate/learn-pattern.ts. Four base-36 digits a pair of points: x and y of both, plus 13.
 * Part of the fingerprints' format.
 */
export const LEARNED_PATTERN = [
  'ddf25n8ah1ga879jdpdiijifi6lmfdjb5c8g47889ebljgj7i1k5ipklmfmb4l9p',
  '4h1d73b3f2dm19bof2lhenjedjgga5f8chncgdboahga3dekhnb392jc9jpi18hc',
  'gek3bibbm4lf9na82a4kkild1h4lb6cmeah6kknhh5i9f4hl6e3ka5cagkllgikd',
  '4m3e8pcne7lma1e46icmecch93ek8idfb1j681ff75i18pik7hg5akkdjg9c73ik',
  'fpeagih78f84eaee2j6h2b6cjjmmipi1gngg9jank3n672bh44ac182fikega79c',
  '684ejeipe5m4fpjm9ndi8adjeeca1id0c8ka35ed63fo9lh144fi35h71gh2i218',
  'b2bfkaoj7o827398a1blfof4g8j4h3hghfmf3j7lpifch9m9ckdfc6ba4la60daa',
  '9jc9d6h3c8ho8f4gbjf587d6abe9ckjli8dlembp4mfj5nf30df8io8a2hgc0dil',
  'fdgh357gkepfc7ch1g5b7d7k7h7nk6ladaeh8g8b4d8n4482fjgdl9iccfdbofi9',
  '5faidqb1ag198ed2adi2n8m48pe7ch2jc1ikg6cp5fgp98hd6cff96n68ni581pg',
  'hckjlnm54i55kgp9d1dkm8pc9aa1c1d66h9d2d38hmj9bgfpjopad1fo6mbfcchg',
  'e5gb57bkp9k6dap88nd1anfo9feim8fpc137d092c5qd4bf4f96k9co9i67b8flc',
  'eif4g7ipjan78pai567n5964iphkboc3ojpe5l9ielhpb7d21g82eghbf2h75ba5',
  'i4godqgj7cbe81677dbaojhnco9lpeeld0naajgib9niahl5bml7nkc24fhi8pm5',
  '9padggknhkj2ifkblmlg899d1a57cnd8o9pf9jb4abbf74apj2phm5gig8jcd3fh',
  'dij267b899ep362adoi2b8g6j7g44hd7c6ih97gl9flmbpoh6jjofp27ie6n9npb',
].join('');
