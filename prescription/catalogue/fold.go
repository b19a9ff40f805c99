package catalogue

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// traditional are pairs of a traditional character and its simplified one, for the characters that
// stand in our tables: doctors from Hong Kong, Macao and Taiwan type the former. Taken from
// OpenCC's TSCharacters (Apache-2.0).
const traditional = "" +
	"並并乾干亞亚佈布併并來来侖仑侷局係系個个偉伟側侧傳传傷伤優优兒儿內内凈净別别則则剋克剛刚劇剧劑剂" +
	"動动勞劳匱匮參参唸念單单嗎吗嘔呕噁恶噴喷噸吨嚥咽囌苏圍围塊块壓压奧奥婦妇宮宫實实寧宁尋寻對对導导" +
	"島岛峽峡崙仑巰巯帶带幹干庫库廣广張张強强彆别彌弥後后復复徵征惡恶愛爱態态慮虑慶庆應应懞蒙懸悬捨舍" +
	"損损摺折撲扑擴扩於于暈晕暫暂桿杆極极榦干樂乐標标樣样橋桥機机檢检櫞橼歸归氣气氫氢氾泛汎泛淚泪淨净" +
	"淺浅減减溝沟溼湿滅灭滯滞滷卤漿浆潑泼潰溃濕湿濛蒙瀉泻瀰弥為为烏乌無无煙烟熱热燒烧爐炉爲为爾尔狀状" +
	"獃呆現现環环產产産产甦苏甯宁異异痠酸瘍疡瘡疮療疗癇痫癡痴癢痒癤疖癥症癬癣癰痈癲癫發发皰疱監监盤盘" +
	"瞼睑矇蒙礙碍祕秘禿秃穀谷穩稳窩窝竇窦箇个節节紅红純纯紮扎細细組组結结絕绝絞绞絡络統统絲丝絶绝經经" +
	"綜综維维網网緊紧緣缘緩缓縮缩縴纤織织繫系纈缬續续纍累纖纤羅罗羣群羥羟翹翘聖圣聯联聲声聹聍聾聋脈脉" +
	"脫脱腎肾腦脑腫肿腳脚腸肠膚肤膠胶膽胆膿脓臟脏與与舊旧華华菸烟萬万葉叶葯药蔘参蕁荨薹苔藍蓝藥药蘇苏" +
	"蘋苹蘚藓蘭兰處处蟯蛲蟲虫衕同衚胡補补複复覈核規规視视覺觉觀观觸触託托註注証证調调諾诺證证護护變变" +
	"貝贝貧贫質质賴赖蹠跖軀躯軟软輔辅輕轻輪轮輸输連连週周過过達达遙遥適适遺遗醣糖醫医釋释鈉钠鈣钙鈷钴" +
	"鉀钾鉅巨鉍铋銀银銨铵鋁铝鋅锌鋒锋鋰锂錶表鎂镁鏇旋鏡镜鐵铁門门閉闭開开間间閤合闆板闌阑關关陣阵陰阴" +
	"陳陈陽阳雙双雞鸡雲云霧雾靈灵靜静鞦秋韆千韋韦順顺須须頭头頸颈頻频顆颗類类顧顾顫颤風风養养馬马驚惊" +
	"髒脏體体髖髋髮发鬆松鬍胡鬚须鬱郁魯鲁鳴鸣鷄鸡鹵卤鹼碱鹽盐麥麦麪面麫面麯曲麴曲麵面黃黄黴霉鼕冬齊齐" +
	"齒齿齣出齦龈齲龋龍龙"

var simplify = func() *strings.Replacer {
	var pairs []string
	for _, r := range traditional {
		pairs = append(pairs, string(r))
	}
	return strings.NewReplacer(pairs...)
}()

// Fold makes a text comparable, for a search: width, case and traditional characters do not count,
// nor blanks at its ends.
func Fold(s string) string { return fold(s) }

func fold(s string) string {
	return simplify.Replace(strings.ToLower(strings.TrimSpace(norm.NFKC.String(s))))
}
