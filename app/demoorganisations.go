package app

import (
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
)

// demoHost is the demo's hospital: the pharmacies of its ward have no node of their own and write
// through its.
const demoHost = "h1"

// demoVoters are the organisations with a node that votes, in the order in which a larger demo
// takes them in. The first is the demo ward's own hospital.
var demoVoters = []consortium.Spec{
	{ID: demoHost, Name: "仁济智慧医院", Role: chain.OrgHospital, Power: 1},
	{ID: "i1", Name: "市医疗保障局", Role: chain.OrgInsurer, Power: 1},
	{ID: "g1", Name: "康泰连锁药业集团", Role: chain.OrgPharmacy, Power: 1},
	{ID: "h2", Name: "第二人民医院", Role: chain.OrgHospital, Power: 1},
	{ID: "g2", Name: "国仁大药房集团", Role: chain.OrgPharmacy, Power: 1},
	{ID: "h3", Name: "中心医院", Role: chain.OrgHospital, Power: 1},
	{ID: "h4", Name: "妇幼保健院", Role: chain.OrgHospital, Power: 1},
}

// DemoConsortium is a consortium of that many organisations that vote, with everybody whom the demo
// ward needs: its pharmacies are the hospital's guests, and the regulator reads along without a
// vote. instances is how many of its application the hospital runs.
func DemoConsortium(voters, instances int) ([]consortium.Local, error) {
	if voters < 1 || voters > len(demoVoters) {
		return nil, fmt.Errorf("demo: 1 to %d organisations", len(demoVoters))
	}
	var list []consortium.Local
	there := map[string]bool{}
	for _, s := range demoVoters[:voters] {
		o := consortium.Local{Spec: s}
		if s.ID == demoHost {
			o.Instances = instances
		}
		list, there[s.ID] = append(list, o), true
	}
	for _, s := range demoMembers {
		if there[s.ID] {
			continue
		}
		s.Power = 0
		o := consortium.Local{Spec: s}
		if s.Role != chain.OrgRegulator {
			o.Host = demoHost
		}
		list = append(list, o)
	}
	return list, nil
}
