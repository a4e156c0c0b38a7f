// The calendar of a date and time in the editor. It opens for a mouse or a finger, makes room as soon as somebody
// types, and writes nothing over what was typed: the server understands it, or says in words that it does not.
(($) => {
  let pointed = false
  document.addEventListener('pointerdown', () => { pointed = true }, true)
  document.addEventListener('keydown', () => { pointed = false }, true)
  $.fn.datetimepicker.defaults.validateOnBlur = false
  $.fn.datetimepicker.defaults.onShow = () => pointed
  document.addEventListener('input', ({ target }) => {
    if ($(target).data('xdsoft_datetimepicker')) $(target).datetimepicker('hide')
  }, true)
})(window.jQuery)
