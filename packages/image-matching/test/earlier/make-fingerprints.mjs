// Makes the fingerprints of an earlier version with its own code. Usage: tsx make-fingerprints.mjs CHECKOUT
// CHECKOUT is a working copy of that version after `npm run set-up`. README.md beside this says which files were made of what.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const checkout = path.resolve(process.argv[2]);
const { fingerprintAsset, fingerprintPost } = await import(
  pathToFileURL(path.join(checkout, 'packages/image-matching/fingerprint/fingerprint-image.ts')).href
);
const here = import.meta.dirname;
const pictureOf = (file) => readFileSync(path.join(here, file));
const fingerprints = {
  asset: await fingerprintAsset(pictureOf('asset.png')),
  leak: await fingerprintPost(pictureOf('leak.jpg')),
  sibling: await fingerprintPost(pictureOf('sibling.jpg')),
};
for (const [name, { data }] of Object.entries(fingerprints)) {
  writeFileSync(path.join(here, `image-${data[1]}-${name}.bin`), data);
}
