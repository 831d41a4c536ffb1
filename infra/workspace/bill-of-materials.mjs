// Writes what the shipped command is made of, in CycloneDX: https://cyclonedx.org
import { readFileSync, writeFileSync } from 'node:fs';

/** A plugin of esbuild that lists every package of which a bundle holds something. */
export async function billOfMaterials(file) {
  const { cyclonedxEsbuildPlugin } = await import('@cyclonedx/cyclonedx-esbuild');
  return cyclonedxEsbuildPlugin({ outputFile: file, outputReproducible: true, logLevel: 'warning' });
}

/** Names the command as the subject, and adds packages that the bundler does not see. */
export function addToBill(file, { name, version }, packages) {
  const bill = JSON.parse(readFileSync(file, 'utf8'));
  const subject = { ...bill.metadata.component, name, version, purl: purlOf({ name, version }) };
  const components = new Map(bill.components.map((component) => [component['bom-ref'], component]));
  const listed = new Set(bill.components.map(({ group, name, version }) => keyOf(group, name, version)));
  for (const one of packages) {
    const [group, own] = one.name.startsWith('@') ? one.name.split('/') : [undefined, one.name];
    if (listed.has(keyOf(group, own, one.version))) continue;
    const purl = purlOf(one);
    components.set(purl, {
      type: 'library',
      'bom-ref': purl,
      ...(group === undefined ? {} : { group }),
      name: own,
      version: one.version,
      ...(typeof one.license === 'string' ? { licenses: [licenseOf(one.license)] } : {}),
      purl,
    });
  }
  const whole = {
    ...bill,
    metadata: { ...bill.metadata, component: subject },
    components: [...components.values()],
  };
  writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
}

function keyOf(group, name, version) {
  return `${group ?? ''}/${name}@${version}`;
}

function licenseOf(license) {
  return /[ (]/.test(license) ? { expression: license } : { license: { id: license } };
}

function purlOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}
