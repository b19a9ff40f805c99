package contract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Contract is the law of the subjects with one prefix.
type Contract struct {
	Prefix  string   // "rx:"
	Of      string   // what follows the prefix, in words; empty: a number
	Name    string   // pattern of what follows the prefix; empty: 1-64 characters a-z A-Z 0-9 -
	Derived bool     // such subjects come from the steps of others (Transition.Touch); no record names them
	State   []string // attributes of a subject's state beside the common ones, in key order
	Roles   []Enrolment
	Steps   []Transition
	// Called is what the explorer calls a subject's statuses; those that patients meet have words
	// of their own in the app.
	Called map[Status]Words

	name *regexp.Regexp // nil: plainName
}

// Enrolment is a role of persons' certificates: which organisations enrol it. None: it is listed
// with the member.
type Enrolment struct {
	Role  Role
	By    []OrgRole
	Since int
}

// Words are a name in both languages.
type Words struct{ ZH, EN string }

// Transition is one legal step: who may write it, when, and what it does.
type Transition struct {
	Kind   Kind
	Words  Words           // what the explorer calls such a record
	Since  int             // version of statements from which the kind is known
	From   []Timed[Status] // statuses that it may start from
	To     Status          // StatusNone: the subject stays where it is
	Or     Status          // where it leads instead when the step decides (gov.vote)
	Actors []Timed[Role]   // roles that the actor's certificate may have
	Orgs   []Writer        // organisations that may write it
	Facts  []Need          // facts of its statements: these and no others
	Begun  Code            // verdict where the subject has begun already; CodeOK: its sequence and status decide
	// SealInForce: it is worth nothing but under the seal that the members' list names, not under a
	// former one.
	SealInForce bool
	Guards      []Guard                   // conditions that need more than the status, in order
	Effect      func(*SubjectState, *Act) // what it changes beside sequence and status; nil: nothing
	// Touch changes further subjects, after all guards have passed; nil: none. The step's own
	// subject stands as the guards found it. touch gives a copy of where one stands, which is
	// written with the record; its organisation, person, sequence and last record are the ledger's
	// to set.
	Touch func(s *Step, touch func(subject string) *SubjectState)

	Prefix string // of its contract
}

// Writer is a role of organisations that may write a step.
type Writer struct {
	Role   OrgRole
	Since  int
	Visits bool // it may do so on another organisation's subject
}

// Guard is a condition with the schema from which it judges every statement, those of older
// versions too.
type Guard struct {
	Name  string
	Since int
	Judge func(*Step) Verdict
}

// law is a set of contracts that can be looked up.
type law struct {
	contracts []Contract
	steps     []Transition
	kinds     map[Kind]*Transition
	prefixes  map[string]*Contract
	roles     map[Role]Enrolment
	subjects  string // pattern of what records name
	states    string // pattern of what states are called
}

// the law in force. A contract stands in it with one line.
var the = newLaw(cert, gov, rx, pay, lot, move, own)

const plainName = `[a-zA-Z0-9-]{1,64}`

// newLaw panics on contracts that contradict each other: they are compiled in.
func newLaw(contracts ...Contract) *law {
	l := &law{contracts: contracts, kinds: map[Kind]*Transition{}, prefixes: map[string]*Contract{},
		roles: map[Role]Enrolment{}}
	var subjects, states []string
	for i := range l.contracts {
		c := &l.contracts[i]
		if c.Name == "" {
			c.Name = plainName
		} else {
			c.name = regexp.MustCompile(`^(?:` + c.Name + `)$`)
		}
		if l.prefixes[c.Prefix] != nil || !strings.HasSuffix(c.Prefix, ":") || (c.Derived && len(c.Steps) > 0) {
			panic("contract: prefix " + c.Prefix)
		}
		l.prefixes[c.Prefix] = c
		states = append(states, c.Prefix+c.Name)
		if !c.Derived {
			subjects = append(subjects, c.Prefix+c.Name)
		}
		for _, r := range c.Roles {
			if _, twice := l.roles[r.Role]; twice {
				panic("contract: two entries say who enrols " + string(r.Role))
			}
			l.roles[r.Role] = r
		}
		for _, t := range c.Steps {
			t.Prefix = c.Prefix
			l.steps = append(l.steps, t)
		}
	}
	for i := range l.steps {
		t := &l.steps[i]
		for _, need := range t.Facts {
			for _, prefix := range need.Of {
				if c := l.prefixes[prefix]; c == nil || c.Derived {
					panic(fmt.Sprintf("contract: %s refers to %s, which no record names", t.Kind, prefix))
				}
			}
		}
		if l.kinds[t.Kind] != nil || t.Since < Schema1 ||
			!slices.IsSortedFunc(t.Guards, func(a, b Guard) int { return a.Since - b.Since }) {
			panic(fmt.Sprintf("contract: %s is there twice, has no schema or has its guards in disorder", t.Kind))
		}
		l.kinds[t.Kind] = t
	}
	l.subjects, l.states = "^("+strings.Join(subjects, "|")+")$", "^("+strings.Join(states, "|")+")$"
	return l
}

// of is the contract of a subject by its prefix, when the rest of the name is one that such
// subjects have.
func (l *law) of(subject string) (*Contract, bool) {
	colon := strings.IndexByte(subject, ':') // without one there is no prefix, and none is empty
	c := l.prefixes[subject[:colon+1]]
	return c, c != nil && c.calls(subject[colon+1:])
}

// calls tells whether a subject of the contract may be called so, after its prefix. Every record
// and every state asks: no regular expression for the usual names.
func (c *Contract) calls(name string) bool {
	if c.name != nil {
		return c.name.MatchString(name)
	}
	for i := range len(name) {
		if b := name[i]; (b < 'a' || b > 'z') && (b < 'A' || b > 'Z') && (b < '0' || b > '9') && b != '-' {
			return false
		}
	}
	return name != "" && len(name) <= 64
}

// Prefixes are those of all contracts, of derived subjects too.
func Prefixes() (out []string) {
	for _, c := range the.contracts {
		out = append(out, c.Prefix)
	}
	return out
}

// Steps are the steps of all contracts, in the order of the contracts; do not change them.
func Steps() []Transition { return the.steps }

// Of returns the step of a kind; nil for an unknown kind.
func Of(k Kind) *Transition { return the.kinds[k] }

// Leaving are the kinds whose steps lead a subject of the prefix away from a status, in the newest
// schema.
func Leaving(prefix string, from Status) (out []Kind) {
	for _, t := range the.steps {
		if t.Prefix == prefix && t.AllowsFrom(from, Newest) && t.Next(from) != from {
			out = append(out, t.Kind)
		}
	}
	return out
}

// Statuses are those that steps lead subjects of the prefix to, in the order of the steps.
func Statuses(prefix string) (out []Status) {
	for _, t := range the.steps {
		for _, to := range []Status{t.To, t.Or} {
			if t.Prefix == prefix && to != StatusNone && !slices.Contains(out, to) {
				out = append(out, to)
			}
		}
	}
	return out
}

// Recorded tells whether records may name such a subject; Named whether a state may be called so.
func Recorded(subject string) bool { return the.records(subject) }

func (l *law) records(subject string) bool { c, ok := l.of(subject); return ok && !c.Derived }

// Named tells whether a subject's state may be called so: one that records name, or one that their
// steps derive.
func Named(subject string) bool { _, ok := the.of(subject); return ok }

// NamePattern is a regular expression for what states are called.
func NamePattern() string { return the.states }

// MayEnrol tells whether organisations of a role enrol certificates of a role where a schema is in
// force.
func MayEnrol(org OrgRole, r Role, schema int) bool { return the.roles[r].enrols(org, schema) }

func (e Enrolment) enrols(org OrgRole, schema int) bool {
	return e.Since <= schema && slices.Contains(e.By, org)
}

// AllowsFrom tells whether the step may start from a status where a schema is in force.
func (t *Transition) AllowsFrom(s Status, schema int) bool { return has(t.From, s, schema) }

// Froms are the statuses that the step may start from where a schema is in force.
func (t *Transition) Froms(schema int) []Status { return at(t.From, schema) }

// Next is the status that the step leads to from one that it may start from.
func (t *Transition) Next(s Status) Status {
	if t.To == StatusNone {
		return s
	}
	return t.To
}

// AllowsActor tells whether a holder of that role may take the step where a schema is in force.
func (t *Transition) AllowsActor(r Role, schema int) bool { return has(t.Actors, r, schema) }

// Roles are the roles whose holders may take the step where a schema is in force.
func (t *Transition) Roles(schema int) []Role { return at(t.Actors, schema) }

// AllowsOrg tells whether an organisation of that role may write the step where a schema is in
// force.
func (t *Transition) AllowsOrg(r OrgRole, schema int) bool { return t.writer(r, schema) != nil }

// Visits tells whether it may do so on another organisation's subject.
func (t *Transition) Visits(r OrgRole, schema int) bool {
	w := t.writer(r, schema)
	return w != nil && w.Visits
}

// writer is what a role of organisations may do where a schema is in force. Where the role stands
// several times, the newest schema of them counts: it changes what the earlier said.
func (t *Transition) writer(r OrgRole, schema int) (found *Writer) {
	for i := range t.Orgs {
		if w := &t.Orgs[i]; w.Role == r && w.Since <= schema && (found == nil || w.Since > found.Since) {
			found = w
		}
	}
	return found
}

// home: organisations of these roles write on their own subjects; visitors on others' as well.
func home(schema int, roles ...OrgRole) []Writer     { return writers(schema, false, roles) }
func visitors(schema int, roles ...OrgRole) []Writer { return writers(schema, true, roles) }

func writers(schema int, visits bool, roles []OrgRole) []Writer {
	out := make([]Writer, len(roles))
	for i, r := range roles {
		out[i] = Writer{r, schema, visits}
	}
	return out
}
