package ledger

import (
	"context"
	"encoding/base64"
	"slices"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Whoever seals another state for our very block, sends a seal that is not its own or votes twice
// is named; who seals another block of the height is not, and neither is anybody honest.
func TestDoubts(t *testing.T) {
	n := newNetwork(t, "h1", "h2", "p1")
	lead := n.peers[0]
	var doubts []chain.Doubt
	lead.opt.OnDoubt = func(d chain.Doubt) { doubts = append(doubts, d) }
	n.block()
	n.write(n.ward.Enrolments()...)
	if len(doubts) != 0 {
		t.Fatalf("%+v", doubts)
	}
	next := lead.Head().Header.Height + 1
	proposal := n.proposal(next, [][]byte{batch(n.ward.Issued("A", n.now()))})
	if res, err := lead.ProcessProposal(context.Background(), proposal); err != nil || !res.IsAccepted() {
		t.Fatal(res, err)
	}
	ours := lead.trial[string(proposal.Hash)].header
	sealed := func(h chain.Header) []byte {
		sig := base64.StdEncoding.EncodeToString(chaintest.Must(n.ward.Orgs["h2"].Seal.Key.Sign(h.SealBytes())))
		return storage.Marshal(extension{sig, h.StateRoot().String(), h.Time})
	}
	other := ours
	other.LogRoot = merkle.LeafHash([]byte("other")).String()
	forged := storage.Marshal(extension{base64.StdEncoding.EncodeToString([]byte("no signature")),
		ours.StateRoot().String(), ours.Time})
	for name, tt := range map[string]struct {
		hash, ext []byte
		want      []chain.DoubtKind
	}{
		"ours":          {proposal.Hash, sealed(ours), nil},
		"other block":   {[]byte("another round"), sealed(other), nil},
		"other state":   {proposal.Hash, sealed(other), []chain.DoubtKind{chain.DoubtOtherRoot}},
		"not its seal":  {proposal.Hash, forged, []chain.DoubtKind{chain.DoubtForgedSeal}},
		"no extension":  {proposal.Hash, nil, nil},
		"not a voter's": {proposal.Hash, []byte("{}"), nil},
	} {
		doubts = nil
		_, err := lead.VerifyVoteExtension(context.Background(),
			&abci.RequestVerifyVoteExtension{Height: next, Hash: tt.hash, VoteExtension: tt.ext,
				ValidatorAddress: n.address("h2")})
		var got []chain.DoubtKind
		for _, d := range doubts {
			if got = append(got, d.Kind); d.Member != "h2" || d.Height != next || d.Text == "" {
				t.Errorf("%s: %+v", name, d)
			}
		}
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v %v, want %v", name, got, err, tt.want)
		}
	}
	doubts = nil
	lead.misbehaved([]abci.Misbehavior{
		{Type: abci.MisbehaviorType_DUPLICATE_VOTE, Height: next - 1,
			Validator: abci.Validator{Address: n.address("p1")}},
		{Type: abci.MisbehaviorType_DUPLICATE_VOTE, Height: next - 1,
			Validator: abci.Validator{Address: []byte("nobody")}},
	})
	if len(doubts) != 1 || doubts[0].Kind != chain.DoubtDoubleVote || doubts[0].Member != "p1" ||
		doubts[0].Height != next-1 {
		t.Errorf("%+v", doubts)
	}
}
