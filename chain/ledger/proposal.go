package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"github.com/smart-hospital/hospital/chain/membership"
)

// extension is what a member adds to its vote for a block: its seal over the state after that very
// block. It carries the root and time it seals because a vote can arrive before the block it is
// for.
type extension struct {
	Sig       string `json:"sig"`
	StateRoot string `json:"stateRoot"`
	Time      int64  `json:"time"`
}

// maxExtension is generous for the JSON above.
const maxExtension = 512

func parseExtension(b []byte) (e extension, ok bool) {
	if len(b) > maxExtension || json.Unmarshal(b, &e) != nil {
		return e, false
	}
	return e, bytes.Equal(storage.Marshal(e), b)
}

// PrepareProposal orders the mempool's transactions into a block, the seals over the last block
// first.
func (a *App) PrepareProposal(_ context.Context,
	req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	room, seals := req.MaxTxBytes, a.gatherSeals(req.LocalLastCommit)
	if seals != nil {
		room -= sizeInBlock(seals)
	}
	a.warm(req.Txs)
	now := block{height: req.Height, time: req.Time.UnixMilli(), proposer: req.ProposerAddress}
	if seals != nil {
		now.txs = append(now.txs, seals)
	}
	came := slices.DeleteFunc(slices.Clone(req.Txs), func(tx []byte) bool { return a.admissible(tx) != contract.Pass })
	return &abci.ResponsePrepareProposal{Txs: a.propose(now, came, room)}, nil
}

// proposed is a block that this node has put together, executed.
type proposed struct {
	block
	x *executed
}

// is the execution of a block that is the proposed one; else nil.
func (p *proposed) is(b block) *executed {
	if p == nil || p.height != b.height || p.time != b.time || !bytes.Equal(p.proposer, b.proposer) ||
		!slices.EqualFunc(p.txs, b.txs, bytes.Equal) {
		return nil
	}
	return p.x
}

// propose adds to a block of those transactions that came what there is room for. As a rule every
// record of theirs is taken, and the execution that tells so is the one that this node votes by.
// Else what changes nothing is left out.
func (a *App) propose(now block, came [][]byte, room int64) [][]byte {
	all, left := now, room
	all.txs = slices.Clone(now.txs)
	for _, tx := range came {
		if left -= sizeInBlock(tx); left < 0 {
			break
		}
		all.txs = append(all.txs, tx)
	}
	if x := a.execute(all); x.wasted == 0 {
		a.proposed = &proposed{all, x}
		return all.txs
	}
	view, wasted := storage.NewView(a.recent), 0
	for _, tx := range came {
		if sizeInBlock(tx) > room {
			break
		}
		if a.fits(view, now, tx, &wasted) {
			now.txs, room = append(now.txs, tx), room-sizeInBlock(tx)
		}
	}
	return now.txs
}

// sizeInBlock is a transaction's length with its protobuf frame in the block's data.
func sizeInBlock(tx []byte) int64 { return int64(len(tx)) + 6 }

// gatherSeals makes the seals transaction out of the vote extensions of the last height; nil when
// the root is sealed already or too few have sealed it (a later root, which commits to all of this
// one's records, will be).
func (a *App) gatherSeals(commit abci.ExtendedCommitInfo) []byte {
	if !a.sealsWanted() {
		return nil
	}
	header := a.meta.Header
	tx, members := transaction.Seals{Height: header.Height}, a.listAt(header.Height)
	var power int64
	for _, vote := range commit.Votes {
		org, ok := members.voter(vote.Validator.Address)
		if !ok || len(vote.VoteExtension) == 0 {
			continue
		}
		e, whole := parseExtension(vote.VoteExtension)
		if !whole || !a.sealHolds(header, org, e) {
			a.log.Error("ledger: a member sealed another state than ours", "member", org.ID, "height", header.Height)
			a.doubt(chain.DoubtOtherRoot, org.ID, header.Height,
				fmt.Sprintf("its vote for height %d carried another state than ours", header.Height))
			continue
		}
		tx.Seals, power = append(tx.Seals, chain.Seal{Member: org.ID, Sig: e.Sig}), power+org.Power
	}
	if !members.roster.Quorum(power) {
		return nil
	}
	slices.SortFunc(tx.Seals, func(x, y chain.Seal) int { return strings.Compare(x.Member, y.Member) })
	return tx.Encode()
}

func (a *App) sealHolds(h chain.Header, org *membership.Org, e extension) bool {
	return e.StateRoot == h.StateRoot().String() && e.Time == h.Time && a.sealVerifies(h.SealBytes(), org, e.Sig)
}

func (a *App) sealVerifies(message []byte, org *membership.Org, sig string) bool {
	der, err := base64.Decode(sig)
	return err == nil && org.SealCert.PublicKey().Verify(message, der) == nil
}

// sealPower checks the seals of a transaction over the committed header. The proposer's own check
// and the execution share the answer.
func (a *App) sealPower(tx []byte, s transaction.Seals) (int64, error) {
	return a.sealChecks.Get(gm.Sum(tx),
		func() (int64, error) { return chain.SealPower(a.listAt(s.Height).roster, a.meta.Header, s.Seals) })
}

// ProcessProposal accepts a block when every transaction in it is well formed and signed, at most
// one, the first, holds seals, and no more records than maxWasted are there in vain. It executes
// the block, so that the vote can seal its result.
func (a *App) ProcessProposal(_ context.Context,
	req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	reject := &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_REJECT}
	if req.Height != a.meta.Header.Height+1 || !a.canJudge(req.Height) {
		return reject, nil
	}
	a.warm(req.Txs)
	for i, tx := range req.Txs {
		if no := a.acceptable(i, tx); no != contract.Pass {
			a.log.Warn("ledger: proposal refused", "height", req.Height, "tx", i, "code", no.Code.String(),
				"detail", no.Detail)
			return reject, nil
		}
	}
	x := a.tryOut(block{req.Hash, req.Height, req.Time.UnixMilli(), req.ProposerAddress, req.Txs})
	if x.wasted > maxWasted && a.schemaAt(req.Height) >= chain.Schema2 {
		a.log.Warn("ledger: proposal refused", "height", req.Height, "proposer",
			a.listAt(req.Height).validators[string(req.ProposerAddress)], "records in vain", x.wasted)
		return reject, nil
	}
	return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_ACCEPT}, nil
}

// acceptable judges one transaction of a proposal.
func (a *App) acceptable(i int, tx []byte) contract.Verdict {
	if i > 0 || !transaction.IsSeals(tx) {
		return a.admissible(tx)
	}
	if _, err := a.checkSeals(tx); err != nil {
		return contract.Refuse(chain.CodeMalformed, err.Error())
	}
	return contract.Pass
}

// ExtendVote seals the state after the block that the vote is for. A node that cannot sign votes
// all the same, with an empty extension: order must go on when a seal's key is out of reach, and a
// later root will carry the seal.
func (a *App) ExtendVote(ctx context.Context, req *abci.RequestExtendVote) (*abci.ResponseExtendVote, error) {
	if a.opt.Sealer == nil || req.Height != a.meta.Header.Height+1 {
		return &abci.ResponseExtendVote{}, nil
	}
	x := a.tryOut(block{req.Hash, req.Height, req.Time.UnixMilli(), req.ProposerAddress, req.Txs})
	sealed := a.meta.SealedSize
	if len(req.Txs) > 0 && transaction.IsSeals(req.Txs[0]) {
		sealed = a.meta.Header.LogSize
	}
	if x.header.LogSize == sealed {
		return &abci.ResponseExtendVote{}, nil // nothing new to seal
	}
	org, ok := a.listAt(req.Height).roster.Org(a.opt.Member)
	if !ok {
		return &abci.ResponseExtendVote{}, nil
	}
	sig, err := a.opt.Sealer.Seal(ctx, org.SealCert, x.header.SealBytes())
	if err != nil {
		a.log.Error("ledger: cannot seal", "height", req.Height, "err", err)
		return &abci.ResponseExtendVote{}, nil
	}
	e := extension{base64.Encode(sig), x.header.StateRoot().String(), x.header.Time}
	return &abci.ResponseExtendVote{VoteExtension: storage.Marshal(e)}, nil
}

// VerifyVoteExtension checks that a member signed what its extension claims. Whether the claim is
// our own root is asked when seals are gathered: here the answer must be the same on all nodes, and
// the block may not be here yet.
func (a *App) VerifyVoteExtension(_ context.Context,
	req *abci.RequestVerifyVoteExtension) (*abci.ResponseVerifyVoteExtension, error) {
	accept := &abci.ResponseVerifyVoteExtension{Status: abci.ResponseVerifyVoteExtension_ACCEPT}
	reject := &abci.ResponseVerifyVoteExtension{Status: abci.ResponseVerifyVoteExtension_REJECT}
	if len(req.VoteExtension) == 0 {
		return accept, nil
	}
	org, voter := a.listAt(req.Height).voter(req.ValidatorAddress)
	e, whole := parseExtension(req.VoteExtension)
	if !voter || !whole {
		return reject, nil
	}
	if org.ID == a.opt.Member && a.opt.Sealer != nil {
		return accept, nil // the engine lets every node verify its own vote; the signer has done so
	}
	if !a.sealVerifies(chain.SealMessage(a.meta.Header.Chain, req.Height, e.StateRoot, e.Time), org, e.Sig) {
		a.doubt(chain.DoubtForgedSeal, org.ID, req.Height,
			fmt.Sprintf("its vote for height %d carried a seal that is not its own", req.Height))
		return reject, nil
	}
	a.otherRoot(req.Hash, req.Height, org, e)
	return accept, nil
}
