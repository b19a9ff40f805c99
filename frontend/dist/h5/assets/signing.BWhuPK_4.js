function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.Bb26DvEx.js","./first.BtacEzA4.js","./index--63rUDwG.js","./index-D7rBsZ8c.css","./first-Dni5ON_3.css","./canonical.jlN1wBEU.js","./subject.AgTFhOHD.js","./files.BfWT7NIN.js","./tabs.9QKCTsM3.js","./tabs-DBHCmS92.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index--63rUDwG.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.Bb26DvEx.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),r}export{r as s};
