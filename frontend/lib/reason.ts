/** Why a receipt, a list of members or a history is refused: the reasons of chain/RECEIPT.md. */
export type Reason =
  | 'version' | 'malformed' | 'wrong-chain' | 'members' | 'organisation' | 'organisation-role' | 'organisation-certificate' | 'organisation-signature'
  | 'actor-certificate' | 'actor-role' | 'actor-signature' | 'path' | 'seal-member' | 'seal-duplicate' | 'seal-expired' | 'seal-signature' | 'quorum' | 'digest'
