import { Link } from 'wouter';
import { Page } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';

export function NotFoundPage() {
  return (
    <Page title={words.states.notFoundTitle}>
      <Empty title={words.states.notFoundTitle}>
        <p>{words.states.notFound}</p>
        <Link href="/queue">{words.states.toQueue}</Link>
      </Empty>
    </Page>
  );
}
