package chain

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Reason names what is wrong with a receipt. Reasons are stable, append-only and errors themselves:
// compare with errors.Is, or take one out of an error with ReasonOf.
type Reason string

// Reasons a receipt is refused for, in the order they are looked for.
const (
	ReasonVersion     Reason = "version"           // schema version unknown
	ReasonMalformed   Reason = "malformed"         // a field breaks its shape
	ReasonWrongChain  Reason = "wrong-chain"       // record or header of another chain
	ReasonMembers     Reason = "members"           // the members' list given is not the one in force at the header
	ReasonOrg         Reason = "organisation"      // writing organisation is no member
	ReasonOrgRole     Reason = "organisation-role" // organisation may not write this kind
	ReasonOrgCert     Reason = "organisation-certificate"
	ReasonOrgSig      Reason = "organisation-signature"
	ReasonActorCert   Reason = "actor-certificate" // not the one the record names, or not enrolled by the organisation
	ReasonActorRole   Reason = "actor-role"        // actor may not write this kind
	ReasonActorSig    Reason = "actor-signature"
	ReasonPath        Reason = "path" // leaf and path do not lead to the sealed root
	ReasonSealMember  Reason = "seal-member"
	ReasonSealDouble  Reason = "seal-duplicate"
	ReasonSealExpired Reason = "seal-expired" // a seal's certificate was not valid at the block time
	ReasonSealSig     Reason = "seal-signature"
	ReasonQuorum      Reason = "quorum" // seals do not make more than two thirds of the voting power
	ReasonDigest      Reason = "digest" // the document is not the one committed to
)

// Error makes a reason an error.
func (r Reason) Error() string { return "chain: receipt refused: " + string(r) }

// ReasonOf finds the reason in an error of the Verify functions; ErrMalformed and ErrTooLarge count
// as malformed.
func ReasonOf(err error) Reason {
	var r Reason
	switch {
	case errors.As(err, &r):
		return r
	case errors.Is(err, canonical.ErrMalformed), errors.Is(err, canonical.ErrTooLarge):
		return ReasonMalformed
	case errors.Is(err, membership.ErrMembers):
		return ReasonMembers
	}
	return ""
}

// Because is an error with a reason and a text for people.
func Because(r Reason, text string, args ...any) error {
	return fmt.Errorf("%w: %s", r, fmt.Sprintf(text, args...))
}

// VerifyReceipt checks a receipt by one members' list; see Timeline.VerifyReceipt.
func VerifyReceipt(m *membership.Members, r *Receipt) error {
	roster, err := m.Open()
	if err != nil {
		return err
	}
	return NewTimeline(roster).VerifyReceipt(r)
}

// VerifyStatus checks a status receipt by one members' list; see Timeline.VerifyStatus.
func VerifyStatus(m *membership.Members, r *StatusReceipt) error {
	roster, err := m.Open()
	if err != nil {
		return err
	}
	return NewTimeline(roster).VerifyStatus(r)
}

// verifyReceipt checks the record against the list of writers, everything else against r.
func verifyReceipt(r *membership.Roster, c *Receipt, writers *membership.Roster) error {
	if c.V != c.Record.Format() {
		return Because(ReasonVersion, "v is %d, of this record it is %d", c.V, c.Record.Format())
	}
	if err := c.Record.Check(); err != nil {
		return fmt.Errorf("%w: %w", ReasonMalformed, err)
	}
	if err := checkHeader(r, c.Header); err != nil {
		return err
	}
	if err := checkRecord(writers, c); err != nil {
		return err
	}
	path, err := parsePath(c.Path)
	if err != nil {
		return err
	}
	root, ok := merkle.LogRootFromPath(merkle.LeafHash(c.Record.Bytes()), c.Index, c.Header.LogSize, path)
	if !ok || root.String() != c.Header.LogRoot {
		return Because(ReasonPath, "record %s is not at index %d of the log", c.Record.ID(), c.Index)
	}
	return checkSeals(r, c.Header, c.Seals)
}

func verifyStatus(r *membership.Roster, c *StatusReceipt) error {
	if c.V != Version {
		return Because(ReasonVersion, "v is %d, known is %d", c.V, Version)
	}
	if err := checkHeader(r, c.Header); err != nil {
		return err
	}
	path, err := parsePath(c.Path)
	if err != nil {
		return err
	}
	key := merkle.StatusKey(c.State.Subject)
	at, err := c.standing(key, len(path))
	if err != nil {
		return err
	}
	if merkle.StatusRootFromPath(at, key, path).String() != c.Header.StatusRoot {
		return Because(ReasonPath, "state of %s is not in the status tree", c.State.Subject)
	}
	return checkSeals(r, c.Header, c.Seals)
}

// standing is the hash of what the receipt says stands at the key's place.
func (c *StatusReceipt) standing(key merkle.Hash, depth int) (merkle.Hash, error) {
	if !contract.Named(c.State.Subject) {
		return merkle.Hash{}, Because(ReasonMalformed, "state.subject")
	}
	if c.State.Status != StatusNone {
		if c.Other != nil {
			return merkle.Hash{}, Because(ReasonMalformed, "other beside a state")
		}
		return merkle.StatusLeafHash(key, merkle.StatusValue(c.State.Bytes())), nil
	}
	if !bytes.Equal(c.State.Bytes(), SubjectState{Subject: c.State.Subject}.Bytes()) {
		return merkle.Hash{}, Because(ReasonMalformed, "an absent state has a subject only")
	}
	if c.Other == nil {
		return merkle.Hash{}, nil
	}
	other, err1 := merkle.ParseHash(c.Other.Key)
	value, err2 := merkle.ParseHash(c.Other.Value)
	if err1 != nil || err2 != nil {
		return merkle.Hash{}, Because(ReasonMalformed, "other")
	}
	if common := key.CommonBits(other); common < depth || other == key {
		return merkle.Hash{}, Because(ReasonPath, "the other leaf does not stand at the subject's place")
	}
	return merkle.StatusLeafHash(other, value), nil
}

func checkHeader(r *membership.Roster, h Header) error {
	if err := h.Check(); err != nil {
		return fmt.Errorf("%w: %w", ReasonMalformed, err)
	}
	if h.Chain != r.Chain() {
		return Because(ReasonWrongChain, "header is of chain %q, members of %q", h.Chain, r.Chain())
	}
	if h.MembersRoot != r.Digest().String() {
		return Because(ReasonMembers, "another members' list was in force at height %d", h.Height)
	}
	return nil
}

// checkRecord checks who wrote the record: organisation, actor and both signatures.
func checkRecord(r *membership.Roster, c *Receipt) error {
	st := c.Record.Statement
	if st.Chain != r.Chain() {
		return Because(ReasonWrongChain, "record is of chain %q, members of %q", st.Chain, r.Chain())
	}
	org, ok := r.Org(st.Org)
	if !ok {
		return Because(ReasonOrg, "%q is no member", st.Org)
	}
	step, _ := TransitionOf(st.Kind)
	if !step.AllowsOrg(org.Role, Newest) {
		return Because(ReasonOrgRole, "a %s may not write %s", org.Role, st.Kind)
	}
	if c.OrgCert != org.Seal || c.Record.OrgCert != org.SealCert.ID() {
		return Because(ReasonOrgCert, "not the seal certificate of %s", st.Org)
	}
	at := max(c.Header.Time, st.Time)
	if !org.SealCert.ValidAt(instant(at)) {
		return Because(ReasonOrgCert, "seal certificate of %s was not valid", st.Org)
	}
	if err := verifySig(org.SealCert, c.Record.SealBytes(), c.Record.OrgSig); err != nil {
		return Because(ReasonOrgSig, "%v", err)
	}
	return checkActor(r, c, org, step, at)
}

func checkActor(r *membership.Roster, c *Receipt, org *membership.Org, step *Transition, at int64) error {
	st := c.Record.Statement
	actor, err := membership.ParseCertificate(c.ActorCert)
	if err != nil {
		return Because(ReasonActorCert, "%v", err)
	}
	if actor.ID() != st.Actor {
		return Because(ReasonActorCert, "not the certificate the record names")
	}
	if err := checkStanding(r, org, actor, st.Kind, at); err != nil {
		return Because(ReasonActorCert, "%v", err)
	}
	if !step.AllowsActor(Role(actor.SubjectRole()), Newest) {
		return Because(ReasonActorRole, "a %s may not write %s", actor.SubjectRole(), st.Kind)
	}
	return c.Record.verifyActor(st.Bytes(), actor)
}

// checkStanding: the actor is the organisation itself or somebody it enrolled. What the
// organisation signed with a seal it had before, it stands by with the seal it has now, which is
// over the whole record; only a vote is worth nothing but under the seal that the list names.
func checkStanding(r *membership.Roster, org *membership.Org, actor *pki.Certificate, kind Kind, at int64) error {
	step, _ := TransitionOf(kind)
	seal := org.SealOf(actor.ID())
	switch {
	case seal == nil:
		return r.CheckEnrolment(org, actor, at)
	case seal == org.SealCert:
		return nil
	case step.SealInForce:
		return errors.New("a vote needs the seal in force")
	case !seal.ValidAt(instant(at)):
		return errors.New("the former seal's certificate was not valid")
	}
	return nil
}

func checkSeals(r *membership.Roster, h Header, seals []Seal) error {
	power, err := SealPower(r, h, seals)
	if err != nil {
		return err
	}
	if all, _ := r.Power(); !r.Quorum(power) {
		return Because(ReasonQuorum, "seals have %d of %d votes", power, all)
	}
	return nil
}

// SealPower checks every seal over the header and returns their voting power. One bad seal spoils
// all: nobody has a reason to pass one on.
func SealPower(r *membership.Roster, h Header, seals []Seal) (power int64, err error) {
	if len(seals) > MaxSeals {
		return 0, Because(ReasonSealMember, "more seals than members")
	}
	message, seen := h.SealBytes(), make(map[string]bool, len(seals))
	for _, s := range seals {
		org, ok := r.Org(s.Member)
		switch {
		case !ok || org.Power == 0:
			return 0, Because(ReasonSealMember, "%q has no vote", s.Member)
		case seen[s.Member]:
			return 0, Because(ReasonSealDouble, "%q sealed twice", s.Member)
		case !org.SealCert.ValidAt(instant(h.Time)):
			return 0, Because(ReasonSealExpired, "seal certificate of %s was not valid", s.Member)
		}
		if err := verifySig(org.SealCert, message, s.Sig); err != nil {
			return 0, Because(ReasonSealSig, "of %s: %v", s.Member, err)
		}
		seen[s.Member], power = true, power+org.Power
	}
	return power, nil
}

// VerifyDocument checks that a document is the one a record commits to.
func (s Statement) VerifyDocument(salt, document []byte) error {
	if len(salt) != SaltLen || Digest(salt, document) != s.Digest {
		return Because(ReasonDigest, "document and salt do not give the record's digest")
	}
	return nil
}

// verifySig checks a base64 strict-DER signature by a certificate's key.
func verifySig(c *pki.Certificate, message []byte, sig string) error {
	der, err := base64.Decode(sig)
	if err != nil {
		return gm.ErrSig
	}
	return c.PublicKey().Verify(message, der)
}

// VerifySignatures checks the record's two signatures against the certificates it names; the caller
// has established that they are those. Pure: the same answer on every node and for ever.
func (r Record) VerifySignatures(actor, seal *pki.Certificate) error {
	return r.verifyOver(r.Statement.Bytes(), r.SealBytes(), actor, seal)
}

func (r Record) verifyOver(statement, sealed []byte, actor, seal *pki.Certificate) error {
	if err := r.verifyActor(statement, actor); err != nil {
		return err
	}
	if err := verifySig(seal, sealed, r.OrgSig); err != nil {
		return Because(ReasonOrgSig, "%v", err)
	}
	return nil
}

// verifyActor checks the actor's signature. Where the actor is the seal under the batch, there is
// none: whoever checks the record checks that seal as well.
func (r Record) verifyActor(statement []byte, actor *pki.Certificate) error {
	if r.ActorSig == "" && r.bySeal() && actor.ID() == r.OrgCert {
		return nil
	}
	if err := verifySig(actor, statement, r.ActorSig); err != nil {
		return Because(ReasonActorSig, "%v", err)
	}
	return nil
}

func parsePath(hexes []string) ([]merkle.Hash, error) {
	if len(hexes) > MaxPathLen {
		return nil, Because(ReasonPath, "longer than %d", MaxPathLen)
	}
	path := make([]merkle.Hash, len(hexes))
	for i, s := range hexes {
		var err error
		if path[i], err = merkle.ParseHash(s); err != nil {
			return nil, Because(ReasonPath, "hash %d is not 64 lower hex digits", i)
		}
	}
	return path, nil
}

func instant(ms int64) time.Time { return time.UnixMilli(ms) }
