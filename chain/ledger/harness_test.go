package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"github.com/smart-hospital/hospital/chain/membership"
)

var genesis = time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)

// pastBlock is a decided block.
type pastBlock struct {
	txs  [][]byte
	time int64
}

// peer is one member's ledger without an engine.
type peer struct {
	*App
	member   string
	answers  []Result
	verified atomic.Uint64 // signatures
}

// network drives several ledgers through the engine's calls, one proposal a height, all voting.
type network struct {
	t     testing.TB
	past  []pastBlock // every block so far
	ward  *chaintest.Ward
	peers []*peer
	time  int64 // of the next block
	last  abci.ExtendedCommitInfo
}

func newNetwork(t testing.TB, voters ...string) *network {
	return newNetworkOf(t, func(*chaintest.Ward) {}, voters...)
}

func newNetworkOf(t testing.TB, found func(*chaintest.Ward), voters ...string) *network {
	w := chaintest.NewWard(genesis)
	found(w)
	power := map[string]int64{}
	for _, v := range voters {
		power[v] = 1
	}
	w.Vote(power)
	n := &network{t: t, ward: w, time: genesis.UnixMilli()}
	for _, v := range voters {
		n.peers = append(n.peers, n.join(v, dbm.NewMemDB()))
	}
	return n
}

func (n *network) join(member string, db dbm.DB) *peer {
	n.t.Helper()
	p := &peer{member: member}
	app, err := New(Options{
		DB: db, Sealer: n.ward.Orgs[member].Seal, Member: member, Logger: slog.New(slog.DiscardHandler), now: n.now,
		OnCommit:  func(_ int64, answers []Result) { p.answers = answers },
		verifying: func() { p.verified.Add(1) },
	})
	if err != nil {
		n.t.Fatal(err)
	}
	p.App = app
	if app.Head().Header.Height == 0 {
		if _, err := app.InitChain(context.Background(), n.genesis()); err != nil {
			n.t.Fatal(err)
		}
	}
	return p
}

func (n *network) genesis() *abci.RequestInitChain {
	req := &abci.RequestInitChain{ChainId: chaintest.ChainID, AppStateBytes: n.ward.Members.Bytes()}
	for _, m := range n.ward.Members.Members {
		if m.Power > 0 {
			req.Validators = append(req.Validators, abci.UpdateValidator(validator(m), m.Power, ed25519.KeyType))
		}
	}
	return req
}

func validator(m membership.Member) ed25519.PubKey {
	key, err := base64.StdEncoding.DecodeString(m.Validator)
	if err != nil {
		panic(err)
	}
	return key
}

func (n *network) address(member string) []byte {
	for _, m := range n.ward.Members.Members {
		if m.ID == member && m.Power > 0 {
			return validator(m).Address()
		}
	}
	return []byte("nobody")
}

// batch makes a transaction of records.
func batch(recs ...chain.Record) []byte {
	raws := make([][]byte, len(recs))
	for i, r := range recs {
		raws[i] = r.Bytes()
	}
	tx, err := transaction.EncodeBatch([8]byte{}, raws)
	if err != nil {
		panic(err)
	}
	return tx
}

// block takes a height: the first peer proposes, all process, vote, finalize and commit. It returns
// the records' verdicts.
func (n *network) block(txs ...[]byte) []Result {
	n.t.Helper()
	ctx, lead := context.Background(), n.peers[0]
	height := lead.Head().Header.Height + 1
	prepared, err := lead.PrepareProposal(ctx, &abci.RequestPrepareProposal{
		Height: height, Txs: txs, MaxTxBytes: 4 << 20, LocalLastCommit: n.last, Time: time.UnixMilli(n.time),
	})
	if err != nil {
		n.t.Fatal(err)
	}
	return n.decide(height, prepared.Txs)
}

func (n *network) decide(height int64, txs [][]byte) []Result {
	n.t.Helper()
	ctx, hash := context.Background(), blockHash(height, txs)
	n.last = abci.ExtendedCommitInfo{}
	for _, p := range n.peers {
		res, err := p.ProcessProposal(ctx, n.proposal(height, txs))
		if err != nil || !res.IsAccepted() {
			n.t.Fatalf("height %d: %s refuses the proposal: %v", height, p.member, err)
		}
		ext, err := p.ExtendVote(ctx, &abci.RequestExtendVote{Hash: hash, Height: height, Txs: txs,
			Time: time.UnixMilli(n.time), ProposerAddress: n.address(n.peers[0].member)})
		if err != nil {
			n.t.Fatal(err)
		}
		n.last.Votes = append(n.last.Votes,
			abci.ExtendedVoteInfo{Validator: abci.Validator{Address: n.address(p.member), Power: 1},
				VoteExtension: ext.VoteExtension})
	}
	var root []byte
	for i, p := range n.peers {
		got := n.finalize(p, height, txs)
		if i > 0 && string(got) != string(root) {
			n.t.Fatalf("height %d: roots differ", height)
		}
		root = got
	}
	n.past = append(n.past, pastBlock{txs, n.time})
	n.time += 1000
	return n.peers[0].answers
}

func (n *network) proposal(height int64, txs [][]byte) *abci.RequestProcessProposal {
	return &abci.RequestProcessProposal{
		Hash: blockHash(height, txs), Height: height, Txs: txs, Time: time.UnixMilli(n.time),
		ProposerAddress: n.address(n.peers[0].member),
	}
}

func (n *network) finalize(p *peer, height int64, txs [][]byte) []byte {
	res, err := p.FinalizeBlock(context.Background(), &abci.RequestFinalizeBlock{
		Hash: blockHash(height, txs), Height: height, Txs: txs, Time: time.UnixMilli(n.time),
		ProposerAddress: n.address(n.peers[0].member),
	})
	if err != nil {
		n.t.Fatal(err)
	}
	if _, err := p.Commit(context.Background(), &abci.RequestCommit{}); err != nil {
		n.t.Fatal(err)
	}
	return res.AppHash
}

// follow lets a ledger execute the blocks after a height.
func (n *network) follow(p *peer, from int64) {
	n.t.Helper()
	now := n.time
	for i, b := range n.past[from:] {
		n.time = b.time
		n.finalize(p, from+int64(i)+1, b.txs)
	}
	n.time = now
}

func blockHash(height int64, txs [][]byte) []byte {
	h := sha256.New()
	_ = binary.Write(h, binary.BigEndian, height)
	for _, tx := range txs {
		_ = binary.Write(h, binary.BigEndian, int64(len(tx)))
		h.Write(tx)
	}
	return h.Sum(nil)
}

// write commits records in one block and demands that all pass.
func (n *network) write(recs ...chain.Record) {
	n.t.Helper()
	for i, r := range n.block(batch(recs...)) {
		if r.Code != chain.CodeOK {
			n.t.Fatalf("record %d (%s %s): %s %s", i, recs[i].Statement.Kind, recs[i].Statement.Subject,
				r.Code, r.Detail)
		}
	}
}

// try judges records on top of the first peer's state and changes nothing.
func (n *network) try(recs ...chain.Record) []Result {
	lead := n.peers[0]
	return lead.execute(block{height: lead.Head().Header.Height + 1, time: n.time, txs: [][]byte{batch(recs...)}}).
		answers
}

// now is the time of the next block.
func (n *network) now() time.Time { return time.UnixMilli(n.time) }
