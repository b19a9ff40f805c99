function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.CYYzX_6-.js","./index-DVPzytIl.js","./index-Boeij2UB.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aw as i}from"./index-DVPzytIl.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.CYYzX_6-.js"),__vite__mapDeps([0,1,2]),import.meta.url),t}export{t as s};
