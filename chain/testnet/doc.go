// Package testnet proves the consortium by breaking it: a network of real processes on loopback,
// described by a small manifest, under load from clients at several nodes, while machines, links
// and members fail. It holds tests only and one test program (peer); no product code imports it.
//
// # What runs
//
// `hospital consortium init` makes the folders. Every organisation's node is a process: `hospital
// node` itself (node: product), or the test program peer, which embeds the same chain/comet node
// over the same folder and adds a loopback port where the load's clients submit records (the
// product's node has no such port). Each node reaches each other node through a small TCP proxy of
// our own, so that every link can be cut, frozen, slowed and made lossy, in one direction or both,
// without root.
//
// # Manifest
//
//	name: one of four down
//	seed: 7                    # of the load and of the lossy links
//	duration: 8s               # load and perturbations; the network heals afterwards
//	organisations:             # absent: four voters (h1 p1 p2 i1) and the reading regulator r1
//	  - {id: h1, name: 一院, role: hospital, power: 1}
//	  - {id: i1, name: 医保, role: insurer, power: 1, node: product, traitor: [censor]}
//	load: {clients: 6, prescriptions: 12}
//	perturbations:
//	  - {at: 1s, for: 3s, do: kill, nodes: [p2], expect: progress}
//
// do is one of
//   - kill: kill -9, started again at the end; restart: stopped in order and started again at once;
//     pause: SIGSTOP, SIGCONT
//   - cut: the named nodes' links to all others (or to: those) are reset and refused; freeze: their
//     bytes wait, which is what a network that loses every packet looks like to TCP; way: in or out
//     freezes one direction only
//   - slow: bytes arrive later by delay; lossy: they stall now and then, and a connection breaks
//     sometimes; throttle: at most rate bytes a second
//   - disk: every write that makes a file longer fails (RLIMIT_FSIZE set from outside, so EFBIG
//     where a full disk says ENOSPC: the same path in the program); a node that ends by it is
//     started again when there is room
//   - clock: started again with a clock that is ahead by offset (a peer with another time.Now; one
//     that is behind the genesis, which was a moment ago, makes the engine wait for it)
//
// expect: progress demands that records submitted meanwhile are acknowledged (the perturbation
// lasts until one is); halt demands that none is.
//
// traitor makes a voter lie (chain/testnet/traitor wraps the ledger of a peer): censor,
// false-seals, other-root, forged-records, forged-seals, replay, oversized, flood; or equivocate:
// its folder runs twice, each with its own sign-state and connected to different members.
//
// # What is checked
//
// After healing, a last record must reach every node. Then every honest node has the same height,
// state root and list of records; every acknowledged record is there once; its receipt verifies
// with the members' list alone; an audit (replay from genesis) of every stopped folder finds
// nothing; a package's tag was used once; and the history of claims, releases and dispensings is
// linearizable (porcupine), unknown outcomes left open.
//
// # Upgrades and snapshots
//
// TestSchemaUpgrade has the members agree on a newer record schema and replaces the program of the
// nodes by one that knows the next version (an overlay adds it to chain/internal/schemas), before
// the agreed height or after it; the test itself runs in a build with that overlay.
// TestKilledWhileRestoring kills readers that must begin with a snapshot, because nobody has the
// first blocks any more; how many kills found a half-restored ledger is counted.
//
// # Running
//
//	go test ./chain/testnet   all of it: the manifests of testdata, one random run, eight kills
//	HOSPITAL_SEED=42 go test ./chain/testnet -run TestRandomRuns   that random run again
//	HOSPITAL_RUNS=100 go test ./chain/testnet -run TestRandomRuns -timeout 2h
//	HOSPITAL_MANIFEST=my.yaml go test ./chain/testnet -run TestManifests -v
//	HOSPITAL_KILLS=200 go test ./chain/testnet -run TestKilledWhileRestoring -timeout 1h
//	HOSPITAL_REDEMPTIONS=10000 go test ./chain/testnet -run TestDoubleRedemption -timeout 1h
//
// A seed repeats the perturbations and the clients' choices; how the machine interleaves them it
// cannot repeat.
package testnet
