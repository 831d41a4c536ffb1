import { SignInFailureSchema } from '@leakwatch/console/schemas';
import { Button } from '@mantine/core';
import { useSignIn, useSignInMethods } from '../../data/session.ts';
import { words } from '../../words/index.ts';
import { AccountFields, useTypedAccount } from './account-fields.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  const account = useTypedAccount();
  const { name, password } = account;
  const signIn = useSignIn();
  const { data: methods } = useSignInMethods();
  return (
    <SignInForm
      title={words.signIn.title}
      error={signIn.error}
      failure={readFailure()}
      submit={() => signIn.mutate({ name, password })}
    >
      <AccountFields account={account} isNew={false} />
      <Button type="submit" loading={signIn.isPending}>
        {words.signIn.submit}
      </Button>
      {methods?.oidc === true ? (
        <Button
          component="a"
          variant="default"
          href={`/v1/session/oidc?to=${encodeURIComponent(window.location.pathname)}`}
        >
          {words.signIn.elsewhere}
        </Button>
      ) : null}
      <p>{words.signIn.hint}</p>
    </SignInForm>
  );
}

/** The reason for which the provider's sign-in failed, for people; null if none has. */
function readFailure(): string | null {
  const said = new URLSearchParams(window.location.search).get('sign-in');
  const failure = SignInFailureSchema.safeParse(said);
  return failure.success ? words.signIn.failures[failure.data] : null;
}
