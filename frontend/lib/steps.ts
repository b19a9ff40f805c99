// The law of the chain (chain/contract). Written by: go test ./chain/contract -update
//
// Of it, what a page asks before it offers a step: from which statuses to which, in the newest
// schema.
export const steps = {
  'cert.enrol': { from: [''], to: 'enrolled' },
  'cert.revoke': { from: ['enrolled'], to: 'revoked' },
  'gov.vote': { from: ['', 'voted'], to: 'voted' },
  'rx.issue': { from: [''], to: 'signed' },
  'rx.approve': { from: ['signed'], to: 'approved' },
  'rx.reject': { from: ['signed'], to: 'rejected' },
  'rx.pay': { from: ['approved'], to: 'paid' },
  'rx.claim': { from: ['paid'], to: 'claimed' },
  'rx.release': { from: ['claimed'], to: 'paid' },
  'rx.renew': { from: ['claimed'], to: 'claimed' },
  'rx.lapse': { from: ['claimed'], to: 'paid' },
  'rx.contest': { from: ['claimed', 'dispensed'], to: '' },
  'rx.dispense': { from: ['claimed'], to: 'dispensed' },
  'rx.cancel': { from: ['signed', 'approved', 'paid'], to: 'cancelled' },
  'rx.expire': { from: ['signed', 'approved', 'paid', 'claimed'], to: 'expired' },
  'pay.open': { from: [''], to: 'opened' },
  'pay.settle': { from: ['opened'], to: 'settled' },
  'pay.fail': { from: ['opened'], to: 'failed' },
  'pay.refund': { from: ['settled'], to: 'refunded' },
  'lot.open': { from: [''], to: 'open' },
  'lot.freeze': { from: ['open', 'frozen'], to: 'frozen' },
  'lot.thaw': { from: ['frozen'], to: 'open' },
  'lot.close': { from: ['open', 'frozen'], to: 'closed' },
  'move.pay': { from: [''], to: 'done' },
  'move.open': { from: [''], to: 'pending' },
  'move.take': { from: ['pending'], to: 'done' },
  'move.void': { from: ['pending'], to: 'void' },
} as const
