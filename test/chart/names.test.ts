import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HELMS, manifests, template, type Helm, type Manifest, type Render } from '../support/helm.ts';
import { CHART } from '../support/tools.ts';

const test = suite('names');

const LONGEST_RELEASE = 'a-release-whose-name-has-as-many-letters-as-helm-takes';
const NEIGHBOUR = 'a-release-whose-name-has-as-many-letters-as-helm-likes';

/** The longest source host that MySQL 5.7 takes. */
const LONGEST_HOST = 60;

const named = (objects: readonly Manifest[], kind: string): readonly string[] =>
  objects.filter((object) => object.kind === kind).map((object) => object.metadata.name);

/** The claims that the release's Role names. */
function namedClaims(version: Helm, replicaCount: number): readonly string[] {
  const [role] = manifests(version, { values: { replicaCount } }).filter(({ kind }) => kind === 'Role');
  return [...JSON.stringify(role).matchAll(/"(data-demo-mysql-sts-\d+)"/g)].map(([, name = '']) => name);
}

/** How many of them the scripts count on: before, a forbidden one is no end of the list. */
const [, countedOn] = /^readonly NAMED_CLAIMS=(\d+)$/m.exec(readFileSync(join(CHART, 'files/see/claims.sh'), 'utf8')) ?? [];

function identities(version: Helm, render: Render): readonly string[] {
  return manifests(version, render).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

for (const version of HELMS) {
  test(`${version}: the longest release name gives names that Kubernetes and MySQL take`, () => {
    const objects = manifests(version, { release: LONGEST_RELEASE.slice(0, 53) });
    const [name = ''] = named(objects, 'StatefulSet');
    assert.ok(`${name}-98.${name}`.length <= LONGEST_HOST, name);
    for (const object of objects) assert.match(object.metadata.name, /^[a-z][-a-z0-9]{0,62}$/);
  });

  for (const release of ['5shop', 'my.db']) {
    test(`${version}: the release name ${release} is refused, which no Service may bear, and accepted beside a name of its own`, () => {
      assert.match(template(version, { release }).stderr, new RegExp(`fullnameOverride: ${release}-mysql-sts, which the release's name makes, is no name for a Service`));
      assert.equal(named(manifests(version, { release, values: { fullnameOverride: 'shop' } }), 'StatefulSet'), ['shop']);
    });
  }

  test(`${version}: two long release names that begin alike stay apart`, () => {
    const [first, second] = [LONGEST_RELEASE, NEIGHBOUR].map((release) =>
      identities(version, { release: release.slice(0, 53) }),
    );
    assert.equal(
      first?.filter((identity) => second?.includes(identity)),
      [],
    );
  });

  test(`${version}: two releases in one namespace share no object`, () => {
    const volumes = { storage: { kind: 'static', static: { source: { nfs: { server: 'nas', path: '/data' } } } } };
    const [first, second] = ['shop', 'shop-2'].map((release) => identities(version, { release, values: volumes }));
    assert.equal(
      first?.filter((identity) => second?.includes(identity)),
      [],
    );
  });

  test(`${version}: a release that is called like the chart does not repeat itself`, () => {
    assert.equal(named(manifests(version, { release: 'mysql-sts' }), 'StatefulSet'), ['mysql-sts']);
  });

  test(`${version}: fullnameOverride mysql gives the tutorial's names`, () => {
    const objects = manifests(version, { values: { fullnameOverride: 'mysql' } });
    assert.equal(named(objects, 'StatefulSet'), ['mysql']);
    assert.equal([...named(objects, 'Service')].sort(), ['mysql', 'mysql-primary', 'mysql-read']);
  });

  test(`${version}: nameOverride replaces the chart's name`, () => {
    assert.equal(named(manifests(version, { values: { nameOverride: 'orders' } }), 'StatefulSet'), ['demo-orders']);
  });

  test(`${version}: the Role names the claims of all pods, and never fewer than the scripts count on`, () => {
    for (const [pods, claims] of [[1, Number(countedOn)], [40, 40]] as const) {
      assert.equal(namedClaims(version, pods), Array.from({ length: claims }, (_, ordinal) => `data-demo-mysql-sts-${ordinal}`));
    }
  });

  test(`${version}: every object is in the release's namespace`, () => {
    const clusterWide = ['PersistentVolume'];
    for (const { kind, metadata } of manifests(version, { namespace: 'shop' })) {
      if (!clusterWide.includes(kind)) assert.is(metadata.namespace, 'shop', `${kind} ${metadata.name}`);
    }
  });
}

test.run();
