function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.BLuURpcH.js","./first.CV1EgTEi.js","./index-BJp7cdXV.js","./index-D7rBsZ8c.css","./first-DRjvH3jH.css","./canonical.jlN1wBEU.js","./subject.AgTFhOHD.js","./files.BfWT7NIN.js","./tabs.noinAIku.js","./tabs-D6TWOSiz.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index-BJp7cdXV.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.BLuURpcH.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),r}export{r as s};
