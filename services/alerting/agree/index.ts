export { decideProposal, ProposalError, proposeText, type AgreedText } from './change-text.ts';
export { loadOpenProposal } from './queries/proposals.ts';
