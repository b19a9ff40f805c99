package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
)

// consortiumCmd brings several organisations together on one chain.
type consortiumCmd struct {
	Init     initCmd     `cmd:"" help:"Make a whole consortium on this machine, for trying: request, found and join for every organisation."`
	Request  requestCmd  `cmd:"" help:"Ceremony, step 1, at each organisation: make its own keys and the public request for the notary."`
	Found    foundCmd    `cmd:"" help:"Ceremony, step 2, at the notary: check the requests, certify the organisations, write founding.json and members.json."`
	Join     joinCmd     `cmd:"" help:"Ceremony, step 3, at each organisation: check founding.json against what was asked for and set the node up."`
	Admit    admitCmd    `cmd:"" help:"Later, at the notary: certify an organisation that asks to join, or comes back with new keys; the members decide."`
	Renew    renewCmd    `cmd:"" help:"Later, at an organisation: make a new seal key and the entry for the members to vote on."`
	Propose  proposeCmd  `cmd:"" help:"Write a change of the members' list for the members to vote on: an entry, an expulsion, a suspension, a schema."`
	Vote     voteCmd     `cmd:"" help:"Vote for a change with the organisation's seal, through its own node."`
	Instance instanceCmd `cmd:"" help:"Make a folder for one more instance of an organisation's application, with a node of its own."`
	Grant    grantCmd    `cmd:"" name:"grant-trace-key" help:"At a member that dispenses: print the common trace-code key, encrypted for a member that joined after the founding."`
	Take     takeCmd     `cmd:"" name:"take-trace-key" help:"At that member, before its application first starts: take the key from the grant."`
	Up       upCmd       `cmd:"" help:"Run the nodes that init made, each as a process of its own, until Ctrl-C."`
}

// masterFlag is the secret of an organisation's key store.
type masterFlag struct {
	MasterKeyFile string `help:"Master key of the folder's key store; made when missing. Empty: master.key in the folder, which is for trying." type:"path" env:"HOSPITAL_MASTER_KEY_FILE"`
}

type initCmd struct {
	Dir       string `help:"Folder that gets one folder for each organisation and the notary's." required:"" type:"path"`
	Members   string `help:"YAML list of {id, name, role, power, host}; host: id of the member whose node writes for it." type:"existingfile" xor:"who" required:""`
	Demo      int    `help:"Demo organisations: so many that vote, and a regulator that reads." xor:"who" required:""`
	Chain     string `help:"Name the chain id begins with." default:"city"`
	Instances int    `help:"Instances of the demo hospital's application, to share one PostgreSQL and one Redis." default:"1"`
	Port      int    `help:"First loopback port: node i's peers use port+2i, its explorer port+2i+1." default:"26600"`
	Hosts     bool   `help:"Every node runs on a host that is named as its folder: peers at port, explorer at port+1."`
}

// Run makes everything and says what is where.
func (c initCmd) Run(ctx context.Context) error {
	list, err := c.list()
	if err != nil {
		return err
	}
	where := consortium.Loopback(c.Port)
	if c.Hosts {
		where = consortium.Hosts(c.Port)
	}
	folders, err := consortium.Init(ctx, c.Dir, c.Chain, list, where, time.Now())
	if err != nil {
		return err
	}
	for _, dir := range folders {
		s, err := consortium.ReadNodeSettings(dir)
		if err != nil {
			return err
		}
		if s.Instance { // now with what the application keeps in the first one's key store
			first := config.Config{Data: filepath.Join(c.Dir, s.Member), Demo: c.Demo > 0}
			if _, _, err := app.AddInstance(first, dir, s.Listen, s.Explorer); err != nil {
				return err
			}
		}
		fmt.Printf("%-10s peers %s, explorer http://%s, folder %s\n", s.Member, s.Listen, s.Explorer, dir)
	}
	fmt.Printf("root key:  %s (the notary's; no node needs it)\n", filepath.Join(c.Dir, consortium.NotaryFolder))
	return nil
}

func (c initCmd) list() (list []consortium.Local, err error) {
	if c.Members == "" {
		return demo.Consortium(c.Demo, c.Instances)
	}
	text, err := os.ReadFile(c.Members)
	if err != nil {
		return nil, err
	}
	if err := yaml.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Members, err)
	}
	return list, nil
}

type requestCmd struct {
	Dir   string   `help:"The organisation's folder." required:"" type:"path"`
	ID    string   `help:"Member id, 1-32 characters a-z 0-9 -." required:"" name:"id"`
	Name  string   `help:"The organisation's public name." required:""`
	Role  string   `help:"What it is; the last four where record schema 2 is in force." required:"" enum:"hospital,pharmacy,insurer,regulator,maker,wholesaler,bank,arbiter"`
	Power int64    `help:"Voting power of its node; a regulator's is 0." default:"0"`
	Peer  string   `help:"HOST:PORT where the others reach its node; empty: the node of the organisation that asked first in this folder writes for it."`
	Node  []string `help:"Keys of its further nodes, as \"consortium instance\" printed them."`
	masterFlag
}

// Run makes the keys and the request.
func (c requestCmd) Run(ctx context.Context) error {
	f, err := consortium.MakeFolder(c.Dir, c.MasterKeyFile)
	if err != nil {
		return err
	}
	spec := consortium.Spec{ID: c.ID, Name: c.Name, Role: chain.OrgRole(c.Role), Power: c.Power}
	_, path, err := f.Ask(ctx, spec, c.Peer, time.Now(), c.Node...)
	if err != nil {
		return err
	}
	fmt.Printf("to the notary: %s (public; the keys stay in %s)\n", path, c.Dir)
	return nil
}

type foundCmd struct {
	Dir      string   `help:"The notary's folder: the root's key is made and stays there." required:"" type:"path"`
	Chain    string   `help:"Name the chain id begins with." default:"city"`
	Requests []string `arg:"" help:"The organisations' requests." type:"existingfile"`
	masterFlag
}

// Run founds the consortium.
func (c foundCmd) Run(ctx context.Context) error {
	var requests []*consortium.Request
	for _, file := range c.Requests {
		r, err := consortium.ReadRequest(file)
		if err != nil {
			return err
		}
		requests = append(requests, r)
	}
	f, err := consortium.MakeFolder(c.Dir, c.MasterKeyFile)
	if err != nil {
		return err
	}
	made, err := f.Establish(ctx, c.Chain, requests, time.Now())
	if err != nil {
		return err
	}
	fmt.Printf(
		"chain %s founded with %d members\nto every organisation: %s\ndigest to compare:     %s\npublish:               %s\n",
		made.Members.Chain, len(made.Members.Members), filepath.Join(c.Dir, "founding.json"), made.Digest(),
		filepath.Join(c.Dir, "members.json"))
	return nil
}

type joinCmd struct {
	Dir      string `help:"The organisation's folder." required:"" type:"path"`
	Founding string `arg:"" help:"founding.json as the notary sent it." type:"existingfile"`
	Entry    string `help:"For an organisation that was admitted later: its entry as the notary sent it." type:"existingfile"`
	Digest   string `help:"Digest of the founding as the notary told it by another way; another one is refused."`
	Bind     string `help:"HOST:PORT the node listens on for its peers; empty: the address the others were told."`
	Explorer string `help:"HOST:PORT of the node's explorer." default:"127.0.0.1:26680"`
	masterFlag
}

var errDigest = errors.New("the founding has another digest: it is not the one the notary made")

// Run checks and installs.
func (c joinCmd) Run() error {
	made, err := consortium.ReadFounding(c.Founding)
	if err != nil {
		return err
	}
	if c.Digest != "" && c.Digest != made.Digest() {
		return fmt.Errorf("%w: %s", errDigest, made.Digest())
	}
	f, err := consortium.OpenFolder(c.Dir, c.MasterKeyFile)
	if err != nil {
		return err
	}
	s, err := c.settings(f, made)
	if err != nil {
		return err
	}
	fmt.Printf("%s is in chain %s, founding %s\nsettings: %s\nstart:    hospital node --dir %s\n", s.Member,
		made.Members.Chain, made.Digest(), filepath.Join(c.Dir, "node.yaml"), c.Dir)
	return nil
}

func (c joinCmd) settings(f *consortium.Folder, made *consortium.Founding) (consortium.NodeSettings, error) {
	if c.Entry == "" {
		return f.Join(made, c.Bind, c.Explorer)
	}
	entry, err := readEntry(c.Entry)
	if err != nil {
		return consortium.NodeSettings{}, err
	}
	return f.Enter(made, entry, c.Bind, c.Explorer)
}
