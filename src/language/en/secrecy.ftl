secrecy-marked-already = It is marked on that ground already.
secrecy-not-marked = It is not marked: there is nothing to lift.
secrecy-not-markable = A { $other } cannot be marked: only an Assessment, Check, CorrectiveAction, Document, Finding or Review can.
secrecy-carries-on = It carries on what was marked the year before.
