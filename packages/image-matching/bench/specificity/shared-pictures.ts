/**
 * Innocents that do show an asset, by the ends of both names. Each was looked at: the same flag, Tux again, a desktop's wallpaper in a
 * screenshot of it.
 */
const SHARED_PICTURES: readonly (readonly [asset: string, innocent: string])[] = [
  ['wallpapers~Shell~contents~images~720x1440.jpg', 'debian-handbook~html~cs-CZ~images~kde.png'],
  ['wallpapers~Shell~contents~images~5120x2880.jpg', 'debian-handbook~html~cs-CZ~images~kde.png'],
  ['backgrounds~gnome~adwaita-l.webp', 'gnome-help~figures~shell-workspaces.png'],
  ['flags~national_flag_of_republ_.png', 'iso-flags-png-320x240~tw.png'],
  ['flags~europe~slovakia.png', 'iso-flags-png-320x240~sk.png'],
  ['flags~asia~turkmenistan.png', 'iso-flags-png-320x240~tm.png'],
  ['flags~uzbekistan.png', 'iso-flags-png-320x240~uz.png'],
  ['flags~america~canada~canada_newfoundland.png', 'kgeography~first-start11.png'],
  ['stamps~animals~birds~cartoon~tux.png', 'groundpieces~ground~penguinworld~penguin.png'],
  ['stamps~animals~birds~cartoon~tux.png', 'tuxmath~images~tux~bigtux0.png'],
];

export function showsTheSame(asset: string, innocent: string): boolean {
  return SHARED_PICTURES.some(([one, other]) => asset.endsWith(one) && innocent.endsWith(other));
}
