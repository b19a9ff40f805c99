package oversight

import (
	"encoding/json"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/merkle"
)

// Place is how far the regulator has followed, and what that proves.
type Place struct {
	Records uint64   `json:"records" doc:"Records seen, every one from the first" example:"33"`
	Height  int64    `json:"height" doc:"Blocks whose refused attempts were seen" example:"60"`
	Missed  int64    `json:"missed" doc:"Blocks whose refused attempts could not be seen, because the node began later or pruned them; their records were" example:"0"`
	Proved  int64    `json:"proved" doc:"Height whose sealed root the records seen give: none was left out up to there" example:"59"`
	Root    string   `json:"root" doc:"That log root" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Peaks   []string `json:"peaks" doc:"Roots of the complete subtrees of the log, the largest first (RFC 6962 with SM3)" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
}

// grow appends a leaf: as in binary addition, equal neighbours join.
func (p *Place) grow(leaf merkle.Hash) {
	for n := p.Records; n&1 == 1; n >>= 1 {
		left, _ := merkle.ParseHash(p.Peaks[len(p.Peaks)-1]) // written by this method
		leaf = merkle.NodeHash(left, leaf)
		p.Peaks = p.Peaks[:len(p.Peaks)-1]
	}
	p.Peaks = append(p.Peaks, leaf.String())
	p.Records++
}

// root is the log root over all records seen.
func (p *Place) root() merkle.Hash {
	if len(p.Peaks) == 0 {
		return merkle.EmptyLogRoot()
	}
	root, _ := merkle.ParseHash(p.Peaks[len(p.Peaks)-1])
	for i := len(p.Peaks) - 2; i >= 0; i-- {
		left, _ := merkle.ParseHash(p.Peaks[i])
		root = merkle.NodeHash(left, root)
	}
	return root
}

type placeRow struct {
	Name  string `gorm:"primaryKey"`
	Value string
}

func (placeRow) TableName() string { return "oversight_place" }

const placeName = "place"

func loadPlace(tx *gorm.DB) (p Place, err error) {
	p.Peaks = []string{}
	var r placeRow
	err = tx.Where("name = ?", placeName).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(r.Value), &p)
}

func (p Place) save(tx *gorm.DB) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return tx.Save(&placeRow{placeName, string(text)}).Error
}

type subjectRow struct {
	Subject string `gorm:"primaryKey"`
	Seq     int64
}

func (subjectRow) TableName() string { return "oversight_subjects" }

type actRow struct {
	Record string `gorm:"primaryKey"`
	What   string
	Who    string
	At     int64
}

func (actRow) TableName() string { return "oversight_acts" }

type debtRow struct {
	Record   string `gorm:"primaryKey"`
	Subject  string
	Hospital string
	Since    int64
	NextTry  int64
	Tries    int64
}

func (debtRow) TableName() string { return "oversight_disclosures" }

func insertOnce(tx *gorm.DB, row any) (fresh bool, err error) {
	made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(row)
	return made.RowsAffected > 0, made.Error
}

func millis(t time.Time) int64 { return t.UnixMilli() }
