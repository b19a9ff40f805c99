function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.Bnd2VC9I.js","./first.BHK2n2e_.js","./index-CwnP-9bv.js","./index-D7rBsZ8c.css","./first-BxjZruf-.css","./canonical.jlN1wBEU.js","./subject.AgTFhOHD.js","./files.BfWT7NIN.js","./tabs.Buy7rbaU.js","./tabs-D6OGuqrh.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index-CwnP-9bv.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.Bnd2VC9I.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),r}export{r as s};
