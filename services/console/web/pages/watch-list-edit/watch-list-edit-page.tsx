import { type Content, type Draft } from '@leakwatch/console/schemas';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useContent, useDraft } from '../../data/draft.ts';
import { useSession } from '../../data/session.ts';
import { Card } from '../../parts/card.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import { TryIt } from '../watch-list/try-it.tsx';
import { CampaignForm } from './campaign-form.tsx';
import { CreatorsCard } from './creators-card.tsx';
import { DraftSide } from './draft-side.tsx';
import { NewCampaign } from './new-campaign.tsx';
import { RosterCard } from './roster-card.tsx';
import { useDraftEditor } from './use-draft-editor.ts';
import styles from './watch-list-edit.module.css';

const TEXTS = words.draft;

/** The watch list as a draft: edited, tried, compared with the current version, and saved. */
export default function WatchListEditPage() {
  const { may } = useSession();
  const content = useContent();
  const draft = useDraft();
  // Begins anew when the server's draft changed by more than typing.
  const [generation, setGeneration] = useState(0);
  if (!may.lead) {
    return (
      <Page title={TEXTS.title}>
        <Empty title={TEXTS.forLeads} />
      </Page>
    );
  }
  return (
    <Loaded query={content}>
      {(list) => (
        <Loaded query={draft}>
          {(mine) => (
            <Editor
              key={generation}
              content={list}
              draft={mine}
              restart={() => setGeneration(generation + 1)}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Editor(props: { readonly content: Content; readonly draft: Draft; readonly restart: () => void }) {
  const { content, draft, restart } = props;
  const editor = useDraftEditor(draft, content);
  const [chosen, setChosen] = useState<string | null>(null);
  const campaign = editor.campaigns.find(({ id }) => id === chosen) ?? editor.campaigns[0];
  const edited = new Set(editor.edits.campaigns.map(({ id }) => id));
  return (
    <Page
      title={TEXTS.title}
      bar={
        <>
          <span className={styles.note} role="status">
            {editor.isAhead ? TEXTS.keeping : TEXTS.on(draft.base)}
          </span>
          <Link href="/watch-list">{TEXTS.back}</Link>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Card title={TEXTS.campaigns}>
            <ul className={styles.campaigns}>
              {editor.campaigns.map(({ id, name }) => (
                <li key={id}>
                  <Button
                    size="xs"
                    variant={id === campaign?.id ? 'filled' : 'default'}
                    aria-pressed={id === campaign?.id}
                    onClick={() => setChosen(id)}
                  >
                    {name === '' ? id : name}
                    {edited.has(id) && ` (${TEXTS.edited})`}
                  </Button>
                </li>
              ))}
            </ul>
            {content.whole && (
              <NewCampaign
                taken={editor.campaigns.map(({ id }) => id)}
                add={(one) => {
                  editor.changeCampaign(one);
                  setChosen(one.id);
                }}
              />
            )}
          </Card>
          {campaign !== undefined && (
            <CampaignForm
              key={campaign.id}
              campaign={campaign}
              change={editor.changeCampaign}
              remove={() => editor.removeCampaign(campaign.id)}
            />
          )}
          {content.whole && <CreatorsCard editor={editor} updatedAt={draft.updatedAt} />}
          {content.whole && <RosterCard isReady={!editor.isAhead} restart={restart} />}
        </div>
        <div className={styles.stack}>
          <DraftSide editor={editor} draft={draft} restart={restart} />
          <TryIt ofDraft />
        </div>
      </div>
    </Page>
  );
}
