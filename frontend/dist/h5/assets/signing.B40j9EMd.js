function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.JLU1XWuY.js","./first.WLat2Igi.js","./index-CyeAryLg.js","./index-D7rBsZ8c.css","./first-Bh6djoR7.css","./canonical.jlN1wBEU.js","./subject.AgTFhOHD.js","./files.BfWT7NIN.js","./tabs.C0viBEOB.js","./tabs-vEs0WD2H.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index-CyeAryLg.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.JLU1XWuY.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),r}export{r as s};
