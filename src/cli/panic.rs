//! A panic is a fault of the program: it is caught, told as one, and never stops other files.

use crate::finding::Words;
use std::any::Any;
use std::cell::RefCell;

thread_local! {
    /// Where this thread last panicked.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics from being printed where they happen; remembers the place.
pub(super) fn keep_quiet() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        PLACE.with(|last| *last.borrow_mut() = place);
    }));
}

/// What is told of a panic that was caught on this thread.
pub(super) fn words(payload: &(dyn Any + Send)) -> Words {
    let message = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("?");
    let place = PLACE.with(|last| last.borrow_mut().take()).unwrap_or_default();
    Words {
        zh: format!("程序内部错误（{place}：{message}）；请将此行连同出错的文件报告给开发者"),
        en: format!("internal error ({place}: {message}); please report this line and the file"),
    }
}
