/** The words of every module's work and messages: for pages that show what waits for people of all capacities. */
import '../plans/texts.ts'
import '../draw/texts.ts'
import '../revision/texts.ts'
import '../room/texts.ts'
import '../signing/texts.ts'
import '../supervision/texts.ts'
import '../office/texts.ts'
import '../library/texts.ts'
