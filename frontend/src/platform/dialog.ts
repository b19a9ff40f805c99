// The platform's own dialogs. Their words come from the caller.

/** Ends when the person has read it. */
export function alert(title: string, content: string, confirmText: string): Promise<void> {
  return new Promise((resolve) => {
    uni.showModal({ title, content, showCancel: false, confirmText, complete: () => resolve() })
  })
}

/** True when the person agreed. */
export function confirm(title: string, content: string, confirmText: string, cancelText: string): Promise<boolean> {
  return new Promise((resolve) => {
    uni.showModal({
      title,
      content,
      confirmText,
      cancelText,
      success: (r) => resolve(r.confirm),
      fail: () => resolve(false),
    })
  })
}

/** The place of what was chosen, undefined when nothing was. */
export function choose(title: string, itemList: string[]): Promise<number | undefined> {
  return new Promise((resolve) => {
    // The browser calls the heading title, the mini-program alertText.
    uni.showActionSheet({
      title,
      alertText: title,
      itemList,
      success: (r) => resolve(r.tapIndex),
      fail: () => resolve(undefined),
    } as UniApp.ShowActionSheetOptions)
  })
}
