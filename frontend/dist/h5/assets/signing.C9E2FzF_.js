function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.DJTyqjnm.js","./first.C348TT-4.js","./index-CU2ZJSAl.js","./index-D7rBsZ8c.css","./first-Bh6djoR7.css","./canonical.jlN1wBEU.js","./subject.AgTFhOHD.js","./files.BfWT7NIN.js","./tabs.BEXKigOS.js","./tabs-vEs0WD2H.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index-CU2ZJSAl.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.DJTyqjnm.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),r}export{r as s};
