secrecy-marked-already = Den är redan sekretessmarkerad på den grunden.
secrecy-not-marked = Den är inte sekretessmarkerad. Det finns ingen markering att häva.
secrecy-not-markable = { $other } kan inte sekretessmarkeras, bara en bedömning, kontroll, åtgärd, handling, brist eller extern granskning.
secrecy-carries-on = Den följer med från det som var sekretessmarkerat året före.
