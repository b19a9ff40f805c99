// Package traitor is a member's node that lies: it keeps its own state as the law says, and tells
// the others what is not so. It wraps an honest node's ledger from outside.
package traitor

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"sync"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Sizes and rates of what a traitor sends.
const (
	oversizedTx        = 3 * chain.MaxBatchBytes
	oversizedExtension = 8 << 10
	floodEvery         = 10 * time.Millisecond
	junkSize           = 128 << 10
	replayed           = 20 // records
)

// traitor is a ledger that keeps its own state as the law says, and lies to the others.
type traitor struct {
	*ledger.App
	in    comet.Inside
	cfg   comet.Config
	lies  map[string]bool
	flood sync.Once
}

// Lying is cfg for a node that tells these lies; chain/testnet's documentation lists them.
func Lying(cfg comet.Config, lies ...string) comet.Config {
	cfg.Wrap = func(_ abci.Application, in comet.Inside) abci.Application {
		t := &traitor{App: in.Ledger, in: in, cfg: cfg, lies: map[string]bool{}}
		for _, lie := range lies {
			t.lies[lie] = true
		}
		return t
	}
	return cfg
}

// PrepareProposal proposes what no honest member would.
func (t *traitor) PrepareProposal(ctx context.Context,
	req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	res, err := t.App.PrepareProposal(ctx, req)
	if err != nil {
		return nil, err
	}
	switch {
	case t.lies["censor"]:
		res.Txs = nil
	case t.lies["forged-records"]:
		res.Txs = append(res.Txs, t.batch(forge))
	case t.lies["forged-seals"]:
		res.Txs = t.falseSeals(res.Txs)
	case t.lies["replay"]:
		res.Txs = append(res.Txs, t.batch(nil))
	case t.lies["oversized"]:
		res.Txs = append(res.Txs, append([]byte{1}, make([]byte, oversizedTx)...))
	}
	return res, nil
}

// ProcessProposal accepts its own kind.
func (t *traitor) ProcessProposal(ctx context.Context,
	req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	_, err := t.App.ProcessProposal(ctx, req)
	return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_ACCEPT}, err
}

// ExtendVote seals what is not so.
func (t *traitor) ExtendVote(ctx context.Context, req *abci.RequestExtendVote) (*abci.ResponseExtendVote, error) {
	if t.lies["flood"] {
		t.flood.Do(func() { go t.pour() })
	}
	res, err := t.App.ExtendVote(ctx, req)
	if err != nil || len(res.VoteExtension) == 0 {
		return res, err
	}
	var e struct {
		Sig       string `json:"sig"`
		StateRoot string `json:"stateRoot"`
		Time      int64  `json:"time"`
	}
	if err := json.Unmarshal(res.VoteExtension, &e); err != nil {
		return nil, err
	}
	switch {
	case t.lies["false-seals"]:
		e.StateRoot = merkle.Hash(gm.Sum([]byte("another"))).String() // the signature is over the true one
	case t.lies["other-root"]:
		e.StateRoot = merkle.Hash(gm.Sum([]byte("another"))).String()
		org, ok := t.Roster().Org(t.cfg.Member)
		if !ok {
			return res, nil
		}
		sig, err := t.cfg.Sealer.Seal(ctx, org.SealCert,
			chain.SealMessage(t.Roster().Chain(), req.Height, e.StateRoot, e.Time))
		if err != nil {
			return nil, err
		}
		e.Sig = base64.Encode(sig)
	case t.lies["oversized"]:
		e.Sig = strings.Repeat("A", oversizedExtension)
	default:
		return res, nil
	}
	res.VoteExtension, err = json.Marshal(e)
	return res, err
}

// VerifyVoteExtension believes everybody, itself first.
func (t *traitor) VerifyVoteExtension(context.Context,
	*abci.RequestVerifyVoteExtension) (*abci.ResponseVerifyVoteExtension, error) {
	return &abci.ResponseVerifyVoteExtension{Status: abci.ResponseVerifyVoteExtension_ACCEPT}, nil
}

// CheckTx takes everything in, so that its mempool hands it on.
func (t *traitor) CheckTx(context.Context, *abci.RequestCheckTx) (*abci.ResponseCheckTx, error) {
	return &abci.ResponseCheckTx{}, nil
}

// forge keeps the signatures and changes what they were given for.
func forge(r *chain.Record) {
	r.Statement.Seq, r.Statement.Time = r.Statement.Seq+1, r.Statement.Time+1
}

// batch is a transaction of records that the chain has, changed or as they are.
func (t *traitor) batch(change func(*chain.Record)) []byte {
	var raws [][]byte
	size := t.Head().Header.LogSize
	for i := range min(size, replayed) {
		c, err := t.At(size - 1 - i)
		if err != nil {
			break
		}
		if change != nil {
			change(&c.Record)
		}
		raws = append(raws, c.Record.Bytes())
	}
	var nonce [8]byte
	_, _ = rand.Read(nonce[:]) // never fails
	tx, err := transaction.EncodeBatch(nonce, raws)
	if err != nil {
		return nil
	}
	return tx
}

// falseSeals swaps the signatures of two members in the seals' transaction; without one it makes
// one up.
func (t *traitor) falseSeals(txs [][]byte) [][]byte {
	var s struct {
		Height int64        `json:"height"`
		Seals  []chain.Seal `json:"seals"`
	}
	if len(txs) > 0 && txs[0][0] == 2 && json.Unmarshal(txs[0][1:], &s) == nil && len(s.Seals) > 1 {
		s.Seals[0].Sig, s.Seals[1].Sig = s.Seals[1].Sig, s.Seals[0].Sig
		txs = txs[1:]
	} else {
		s.Height = t.Head().Header.Height
		for _, m := range t.Roster().Members().Members {
			if m.Power > 0 {
				s.Seals = append(s.Seals, chain.Seal{Member: m.ID, Sig: "AAAA"})
			}
		}
	}
	text, err := json.Marshal(s)
	if err != nil {
		return txs
	}
	return append([][]byte{append([]byte{2}, text...)}, txs...)
}

// pour fills its mempool, which hands everything on to the others, until the node stops: junk that
// looks like a batch, and batches of records that the chain has, each with a new nonce.
func (t *traitor) pour() {
	for tick := time.NewTicker(floodEvery); ; {
		select {
		case <-t.in.Stopped:
			tick.Stop()
			return
		case <-tick.C:
		}
		junk := make([]byte, junkSize)
		_, _ = rand.Read(junk)
		junk[0] = 1
		for _, tx := range [][]byte{junk, t.batch(nil), t.batch(forge)} {
			t.in.Push(tx)
		}
	}
}
