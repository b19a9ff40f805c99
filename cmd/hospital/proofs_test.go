package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/watch"
)

// What a stranger is handed besides receipts: a consistency proof and a fork's evidence hold or do
// not, and receipts are left to their reader.
func TestVerifyProofs(t *testing.T) {
	c := chaintest.New(time.Now())
	c.Vote(map[string]int64{"h1": 1})
	roster := chaintest.Must(c.Members.Open())
	timeline, history := chain.NewTimeline(roster), chain.History{V: chain.Version, Genesis: *c.Members}
	sealed := func(height int64, size uint64, log merkle.Hash) chain.SealedHeader {
		h := chain.Header{Chain: c.Members.Chain, Height: height, LogSize: size, LogRoot: log.String(),
			StatusRoot: log.String(), MembersRoot: roster.Digest().String(), Time: c.Start.UnixMilli()}
		return chain.SealedHeader{Header: h,
			Seals: []chain.Seal{{Member: "h1",
				Sig: base64.StdEncoding.EncodeToString(chaintest.Must(c.Orgs["h1"].Seal.Key.Sign(h.SealBytes())))}}}
	}
	a, b := merkle.LeafHash([]byte("a")), merkle.LeafHash([]byte("b"))
	was, is, other := sealed(1, 1, a), sealed(2, 2, merkle.NodeHash(a, b)), sealed(2, 2, merkle.NodeHash(b, a))
	grows := func(was, is chain.SealedHeader) []byte {
		return chain.Consistency{V: chain.Version, Old: was, New: is, Path: []string{b.String()}}.Bytes()
	}
	fork := func(x, y chain.SealedHeader) []byte {
		return chaintest.Must(json.Marshal(watch.Alarm{Kind: watch.KindFork, Ours: &x, Theirs: &y}))
	}
	unsealed := is
	unsealed.Seals = nil
	absent := func(subject string, bare ...bool) []byte {
		h := was.Header
		h.StatusRoot = merkle.Hash{}.String() // of a tree without leaves
		s := chain.StatusReceipt{V: chain.Version, Header: h, State: chain.SubjectState{Subject: subject}}
		if len(bare) == 0 {
			s.Seals = []chain.Seal{{Member: "h1",
				Sig: base64.StdEncoding.EncodeToString(chaintest.Must(c.Orgs["h1"].Seal.Key.Sign(h.SealBytes())))}}
		}
		return s.Bytes()
	}
	for name, tt := range map[string]struct {
		file []byte
		done bool
		want error
	}{
		"grows":            {grows(was, is), true, nil},
		"grew otherwise":   {grows(was, other), true, errBadProof},
		"grew unsealed":    {grows(was, unsealed), true, errBadProof},
		"fork":             {fork(is, other), true, nil},
		"no contradiction": {fork(is, is), true, errBadProof},
		"fork of one seal": {fork(unsealed, other), true, errBadProof},
		"status":           {absent("rx:A"), true, nil},
		"status unsealed":  {absent("rx:A", true), true, errBadProof},
		"status of what":   {[]byte(`{"state":{}}`), true, errBadProof},
		"sealed":           {is.Bytes(), true, nil},
		"sealed by nobody": {unsealed.Bytes(), true, errBadProof},
		"evidence, 2 v":    {[]byte(`{"evidence":[],"history":{},"v":1,"v":1}`), false, nil},
		"a marked file":    {append([]byte("\ufeff"), grows(was, is)...), false, nil},
		"fork, odd header": {[]byte(strings.Replace(string(fork(is, other)), `"ours":{"header":{"chain"`,
			`"ours":{"header":{"Chain"`, 1)), true, errBadProof},
		"empty dossier": {[]byte(`{"finding":{},"evidence":[],"attempts":[]}`), true, errBadProof},
		"empty bundle": {[]byte(`{"v":1,"prescription":"RX","accessCode":"K","evidence":[]}`), true,
			errBadReceipts},
		"bundle of what": {[]byte(`{"v":1,"prescription":"RX","accessCode":"K","evidence":[{"note":1}]}`), true,
			errBadProof},
		"empty evidence":   {evidence.NewEvidenceFile(nil, history).Bytes(), true, errBadReceipts},
		"evidence of what": {[]byte(`{"v":1,"evidence":[],"history":{}}`), true, errBadProof},
		"receipts":         {[]byte(`[]`), false, nil},
		"a receipt":        {[]byte(`{"record":{}}`), false, nil},
	} {
		if done, err := verifyProof(tt.file, timeline); done != tt.done || !errors.Is(err, tt.want) {
			t.Errorf("%s: done %v, %v", name, done, err)
		}
	}
}
