<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>Attune</name>
    <message>
      <source>  ·  {speed:.0f} tok/s</source>
      <translation>  ·  {speed:.0f} Tok/s</translation>
    </message>
    <message>
      <source> (this model)</source>
      <translation> (dieses Modell)</translation>
    </message>
    <message>
      <source> or </source>
      <translation> oder </translation>
    </message>
    <message numerus="yes">
      <source>%n answers are taken back.</source>
      <translation>
        <numerusform>%n Antwort ist zurückgenommen.</numerusform>
        <numerusform>%n Antworten sind zurückgenommen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n are here already</source>
      <translation>
        <numerusform>%n ist schon da</numerusform>
        <numerusform>%n sind schon da</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conversations</source>
      <translation>
        <numerusform>%n Unterhaltung</numerusform>
        <numerusform>%n Unterhaltungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conversations from {program} added</source>
      <translation>
        <numerusform>%n Unterhaltung aus {program} hinzugefügt</numerusform>
        <numerusform>%n Unterhaltungen aus {program} hinzugefügt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries held no conversation</source>
      <translation>
        <numerusform>%n Eintrag enthielt keine Unterhaltung</numerusform>
        <numerusform>%n Einträge enthielten keine Unterhaltung</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lessons</source>
      <translation>
        <numerusform>%n Lektion</numerusform>
        <numerusform>%n Lektionen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lessons learned from it</source>
      <translation>
        <numerusform>%n Lektion daraus gelernt</numerusform>
        <numerusform>%n Lektionen daraus gelernt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new lessons</source>
      <translation>
        <numerusform>%n neue Lektion</numerusform>
        <numerusform>%n neue Lektionen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new replies</source>
      <translation>
        <numerusform>%n neue Antwort</numerusform>
        <numerusform>%n neue Antworten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n not reviewed yet</source>
      <translation>
        <numerusform>%n noch nicht geprüft</numerusform>
        <numerusform>%n noch nicht geprüft</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pages</source>
      <translation>
        <numerusform>%n Seite</numerusform>
        <numerusform>%n Seiten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pairs written to {file}.</source>
      <translation>
        <numerusform>%n Paar nach {file} geschrieben.</numerusform>
        <numerusform>%n Paare nach {file} geschrieben.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n passages to look things up in</source>
      <translation>
        <numerusform>%n Abschnitt zum Nachschlagen</numerusform>
        <numerusform>%n Abschnitte zum Nachschlagen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n places found</source>
      <translation>
        <numerusform>%n Stelle gefunden</numerusform>
        <numerusform>%n Stellen gefunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n prompts</source>
      <translation>
        <numerusform>%n Prompt</numerusform>
        <numerusform>%n Prompts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n prompts are here already.</source>
      <translation>
        <numerusform>%n Prompt ist schon hier.</numerusform>
        <numerusform>%n Prompts sind schon hier.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n prompts are here with other scores; yours stay.</source>
      <translation>
        <numerusform>%n Prompt ist mit anderem Wert schon hier; der eigene bleibt.</numerusform>
        <numerusform>%n Prompts sind mit anderen Werten schon hier; die eigenen bleiben.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n prompts would take over what they have done since.</source>
      <translation>
        <numerusform>%n Prompt würde übernehmen, was er seither bewirkt hat.</numerusform>
        <numerusform>%n Prompts würden übernehmen, was sie seither bewirkt haben.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rankings</source>
      <translation>
        <numerusform>%n Rangfolge</numerusform>
        <numerusform>%n Rangfolgen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n replies</source>
      <translation>
        <numerusform>%n Antwort</numerusform>
        <numerusform>%n Antworten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rounds wait for your ranking ›</source>
      <translation>
        <numerusform>%n Runde wartet auf eine Rangfolge ›</numerusform>
        <numerusform>%n Runden warten auf eine Rangfolge ›</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rules</source>
      <translation>
        <numerusform>%n Regel</numerusform>
        <numerusform>%n Regeln</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n snippets offered</source>
      <translation>
        <numerusform>%n Textbaustein angeboten</numerusform>
        <numerusform>%n Textbausteine angeboten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tags</source>
      <translation>
        <numerusform>%n Merkmal</numerusform>
        <numerusform>%n Merkmale</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n threads</source>
      <translation>
        <numerusform>%n Thread</numerusform>
        <numerusform>%n Threads</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tokens</source>
      <translation>
        <numerusform>%n Token</numerusform>
        <numerusform>%n Tokens</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n were here already</source>
      <translation>
        <numerusform>%n war schon da</numerusform>
        <numerusform>%n waren schon da</numerusform>
      </translation>
    </message>
    <message>
      <source>+  New chat</source>
      <translation>+  Neuer Chat</translation>
    </message>
    <message>
      <source>, {speed:.0f} tokens a second</source>
      <translation>, {speed:.0f} Tokens pro Sekunde</translation>
    </message>
    <message>
      <source>, {without:.0f} % without learning</source>
      <translation>, {without:.0f} % ohne Lernen</translation>
    </message>
    <message>
      <source>. Look under “From {program}”.</source>
      <translation>. Zu finden unter „From {program}“.</translation>
    </message>
    <message>
      <source>1. Bring water to a gentle simmer.
2. Add a spoon of vinegar.
3. Stir, and slide the egg in.
4. Lift it out after three minutes.</source>
      <translation>1. Wasser sanft zum Sieden bringen.
2. Einen Löffel Essig zugeben.
3. Umrühren und das Ei hineingleiten lassen.
4. Nach drei Minuten herausheben.</translation>
    </message>
    <message>
      <source>1st</source>
      <translation>1.</translation>
    </message>
    <message>
      <source>2nd</source>
      <translation>2.</translation>
    </message>
    <message>
      <source>3rd</source>
      <translation>3.</translation>
    </message>
    <message>
      <source>4th</source>
      <translation>4.</translation>
    </message>
    <message>
      <source>5th</source>
      <translation>5.</translation>
    </message>
    <message>
      <source>6th</source>
      <translation>6.</translation>
    </message>
    <message>
      <source>7th</source>
      <translation>7.</translation>
    </message>
    <message>
      <source>8th</source>
      <translation>8.</translation>
    </message>
    <message>
      <source>A concrete example</source>
      <translation>Ein konkretes Beispiel</translation>
    </message>
    <message>
      <source>A new battery and a faster disk usually give a laptop three more years. That often costs less than half of a new machine. So I would repair it.</source>
      <translation>Ein neuer Akku und eine schnellere Platte bringen einem Laptop meist drei weitere Jahre. Das kostet oft weniger als die Hälfte eines neuen Geräts. Ich würde ihn also reparieren.</translation>
    </message>
    <message>
      <source>A noun is a word that names a person, a place, a thing or an idea. It can usually be preceded by an article.</source>
      <translation>Ein Substantiv ist ein Wort, das eine Person, einen Ort, ein Ding oder eine Vorstellung benennt. In der Regel kann ihm ein Artikel vorangehen.</translation>
    </message>
    <message>
      <source>A rule of your own, such as “Answer first, then explain”</source>
      <translation>Eine eigene Regel, etwa „Erst antworten, dann erklären“</translation>
    </message>
    <message>
      <source>A rule of your own; Enter adds it</source>
      <translation>Eine eigene Regel; die Eingabetaste fügt sie hinzu</translation>
    </message>
    <message>
      <source>A second-hand acoustic guitar and ten minutes a day are enough to begin. Learn three chords, then change between them until it is smooth.</source>
      <translation>Eine gebrauchte akustische Gitarre und zehn Minuten am Tag reichen für den Anfang. Drei Akkorde lernen, dann zwischen ihnen wechseln, bis es flüssig geht.</translation>
    </message>
    <message>
      <source>A second-hand acoustic guitar and ten minutes a day are enough to begin. Which songs would you like to play first?</source>
      <translation>Eine gebrauchte akustische Gitarre und zehn Minuten am Tag reichen für den Anfang. Welche Lieder möchtest du als Erstes spielen?</translation>
    </message>
    <message>
      <source>A server of your own</source>
      <translation>Ein eigener Server</translation>
    </message>
    <message>
      <source>A small model came along and works at once. It is quick and knows little; with a larger GGUF file the replies get better and slower. You can change it at any time under “Models”.</source>
      <translation>Ein kleines Modell ist dabei und funktioniert sofort. Es ist schnell und weiß wenig; mit einer größeren GGUF-Datei werden die Antworten besser und langsamer. Unter „Modelle“ lässt sich das jederzeit ändern.</translation>
    </message>
    <message>
      <source>A start for learning: replies keep to what you say here until your rankings say otherwise. Skip what you like, change it whenever you like.</source>
      <translation>Ein Anfang für das Lernen: Antworten halten sich an das, was hier gesagt wird, bis Rangfolgen anderes sagen. Alles kann übersprungen und jederzeit geändert werden.</translation>
    </message>
    <message>
      <source>A tag of your own</source>
      <translation>Ein eigenes Merkmal</translation>
    </message>
    <message>
      <source>A temporary chat is not kept, so it cannot be copied.</source>
      <translation>Ein temporärer Chat wird nicht behalten und kann deshalb nicht kopiert werden.</translation>
    </message>
    <message>
      <source>About Attune</source>
      <translation>Über Attune</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>Hinzufügen</translation>
    </message>
    <message>
      <source>Add a better one…</source>
      <translation>Ein besseres hinzufügen…</translation>
    </message>
    <message>
      <source>Add a file…</source>
      <translation>Datei hinzufügen…</translation>
    </message>
    <message>
      <source>Add a model</source>
      <translation>Modell hinzufügen</translation>
    </message>
    <message>
      <source>Add a server…</source>
      <translation>Server hinzufügen…</translation>
    </message>
    <message>
      <source>Add the rule</source>
      <translation>Regel hinzufügen</translation>
    </message>
    <message>
      <source>Add the tag</source>
      <translation>Merkmal hinzufügen</translation>
    </message>
    <message>
      <source>Add to what is here</source>
      <translation>Zum Vorhandenen hinzufügen</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Address of a text-generation server (empty: none)</source>
      <translation>Adresse eines Servers, der Texte schreibt (leer: keiner)</translation>
    </message>
    <message>
      <source>Address of the server that was used last</source>
      <translation>Adresse des zuletzt benutzten Servers</translation>
    </message>
    <message>
      <source>Again ▾</source>
      <translation>Noch einmal ▾</translation>
    </message>
    <message>
      <source>Agent</source>
      <translation>Agent</translation>
    </message>
    <message>
      <source>All are bad</source>
      <translation>Alle sind schlecht</translation>
    </message>
    <message>
      <source>All bad</source>
      <translation>Keine</translation>
    </message>
    <message>
      <source>All conversations, rankings, everything learned, all settings and all backups are removed from this computer for good. Your model files stay. Attune closes then.</source>
      <translation>Alle Unterhaltungen, Rangfolgen, alles Gelernte, alle Einstellungen und alle Sicherungen werden endgültig von diesem Computer entfernt. Die Modelldateien bleiben. Attune schließt sich danach.</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <source>All models…</source>
      <translation>Alle Modelle…</translation>
    </message>
    <message>
      <source>All replies marked as bad</source>
      <translation>Alle Antworten als schlecht markiert</translation>
    </message>
    <message>
      <source>All tags</source>
      <translation>Alle Merkmale</translation>
    </message>
    <message numerus="yes">
      <source>All that came with the profile is taken back, %n lessons with it.</source>
      <translation>
        <numerusform>Alles, was mit dem Profil kam, ist zurückgenommen, dabei %n Lektion.</numerusform>
        <numerusform>Alles, was mit dem Profil kam, ist zurückgenommen, dabei %n Lektionen.</numerusform>
      </translation>
    </message>
    <message>
      <source>Allow</source>
      <translation>Erlauben</translation>
    </message>
    <message>
      <source>Allow the prompt: {text}</source>
      <translation>Prompt erlauben: {text}</translation>
    </message>
    <message>
      <source>Allow the rule: {text}</source>
      <translation>Regel erlauben: {text}</translation>
    </message>
    <message>
      <source>Allow {tag} again</source>
      <translation>{tag} wieder erlauben</translation>
    </message>
    <message>
      <source>Alt</source>
      <translation>Alt</translation>
    </message>
    <message>
      <source>Always use {tag}</source>
      <translation>{tag} immer verwenden</translation>
    </message>
    <message numerus="yes">
      <source>An agent of {when}, trained on %n rankings</source>
      <translation>
        <numerusform>Ein Agent vom {when}, trainiert an %n Rangfolge</numerusform>
        <numerusform>Ein Agent vom {when}, trainiert an %n Rangfolgen</numerusform>
      </translation>
    </message>
    <message>
      <source>An earlier query of yours, again</source>
      <translation>Eine frühere eigene Frage noch einmal</translation>
    </message>
    <message>
      <source>Answer as if you had learned nothing</source>
      <translation>Antworten, als wäre nichts gelernt</translation>
    </message>
    <message>
      <source>Answer as if you had learned nothing (rank the replies first)</source>
      <translation>Antworten, als wäre nichts gelernt (erst die Antworten ordnen)</translation>
    </message>
    <message>
      <source>Anywhere</source>
      <translation>Überall</translation>
    </message>
    <message>
      <source>As if I had learned nothing</source>
      <translation>Als hätte ich nichts gelernt</translation>
    </message>
    <message>
      <source>As numbered steps</source>
      <translation>Als nummerierte Schritte</translation>
    </message>
    <message>
      <source>As plain text</source>
      <translation>Als einfacher Text</translation>
    </message>
    <message>
      <source>As running text</source>
      <translation>Als Fließtext</translation>
    </message>
    <message>
      <source>As short as it can be</source>
      <translation>So kurz wie möglich</translation>
    </message>
    <message>
      <source>Ask</source>
      <translation>Fragen</translation>
    </message>
    <message>
      <source>Ask something, put the replies in order, and I learn what you like.</source>
      <translation>Etwas fragen, die Antworten ordnen – und ich lerne, was gefällt.</translation>
    </message>
    <message>
      <source>Ask something. Learning is off, so your orders are kept but not learned from.</source>
      <translation>Etwas fragen. Das Lernen ist aus: Reihenfolgen werden aufbewahrt, aber nichts wird aus ihnen gelernt.</translation>
    </message>
    <message>
      <source>Ask something. This chat is not kept, and nothing is learned from it.</source>
      <translation>Etwas fragen. Dieser Chat wird nicht aufbewahrt, und nichts wird aus ihm gelernt.</translation>
    </message>
    <message>
      <source>Ask something. You get a few replies side by side: put the one you like first, and the next ones will be more like it. Choosing is how I learn.</source>
      <translation>Etwas fragen. Es kommen einige Antworten nebeneinander: die beste nach vorn, und die nächsten werden ihr ähnlicher. Durch das Auswählen lerne ich.</translation>
    </message>
    <message>
      <source>Ask the new version, Enter</source>
      <translation>Die neue Fassung fragen, Eingabetaste</translation>
    </message>
    <message>
      <source>Asking the server</source>
      <translation>Fragt den Server</translation>
    </message>
    <message>
      <source>At the end, after the reasons</source>
      <translation>Am Ende, nach den Gründen</translation>
    </message>
    <message>
      <source>Attach a document</source>
      <translation>Dokument anhängen</translation>
    </message>
    <message>
      <source>Attach a document to look things up in…</source>
      <translation>Dokument zum Nachschlagen anhängen…</translation>
    </message>
    <message>
      <source>Attach a file</source>
      <translation>Datei anhängen</translation>
    </message>
    <message>
      <source>Attach as a document</source>
      <translation>Als Dokument anhängen</translation>
    </message>
    <message>
      <source>Attune profile (*.attune)</source>
      <translation>Attune-Profil (*.attune)</translation>
    </message>
    <message>
      <source>Attune runs on this computer alone. What you write, what is written for you and what is learned from your choices stays in one folder:</source>
      <translation>Attune läuft nur auf diesem Computer. Was hier geschrieben, beantwortet und aus der Auswahl gelernt wird, bleibt in einem Ordner:</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>Automatisch</translation>
    </message>
    <message>
      <source>Back to the conversation</source>
      <translation>Zurück zur Unterhaltung</translation>
    </message>
    <message>
      <source>Back up now</source>
      <translation>Jetzt sichern</translation>
    </message>
    <message>
      <source>Back, Escape</source>
      <translation>Zurück, Escape</translation>
    </message>
    <message>
      <source>Ban</source>
      <translation>Sperren</translation>
    </message>
    <message>
      <source>Ban the prompt: {text}</source>
      <translation>Prompt sperren: {text}</translation>
    </message>
    <message>
      <source>Ban the rule: {text}</source>
      <translation>Regel sperren: {text}</translation>
    </message>
    <message>
      <source>Banned: it is in no reply.</source>
      <translation>Gesperrt: in keiner Antwort.</translation>
    </message>
    <message>
      <source>Bayesian</source>
      <translation>Bayessch</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Before and after, on rankings kept apart</source>
      <translation>Vorher und nachher, an zurückgelegten Rangfolgen</translation>
    </message>
    <message>
      <source>Before you rank, I store the order I expect. What you then say decides whether I was right; so every figure here is about replies I had not seen you rank. Where I had picked one out for you to read, your ranking is left out.</source>
      <translation>Vor jeder Rangfolge speichere ich die Reihenfolge, die ich erwarte. Was dann gesagt wird, entscheidet, ob ich recht hatte; jede Zahl hier betrifft also Antworten, deren Rangfolge ich noch nicht kannte. Wo ich vorher eine zum Lesen ausgesucht hatte, zählt die Rangfolge hier nicht.</translation>
    </message>
    <message>
      <source>Begun {day}, written by Attune on this computer</source>
      <translation>Begonnen am {day}, geschrieben von Attune auf diesem Computer</translation>
    </message>
    <message>
      <source>Best</source>
      <translation>Beste</translation>
    </message>
    <message>
      <source>Best of {count}</source>
      <translation>Beste von {count}</translation>
    </message>
    <message>
      <source>Best ✓</source>
      <translation>Beste ✓</translation>
    </message>
    <message>
      <source>Best, automatic</source>
      <translation>Beste, automatisch</translation>
    </message>
    <message>
      <source>Better not</source>
      <translation>Lieber nicht</translation>
    </message>
    <message>
      <source>Book the next test now, since waiting times are long. Ask for the examiner's sheet and practise the faults listed on it for two hours.</source>
      <translation>Die nächste Prüfung gleich buchen, denn die Wartezeiten sind lang. Den Bogen des Prüfers verlangen und die Fehler darauf zwei Stunden lang üben.</translation>
    </message>
    <message>
      <source>Bring back “{title}”</source>
      <translation>„{title}“ zurückholen</translation>
    </message>
    <message>
      <source>Bring some water to a gentle simmer with a spoon of vinegar in it, stir it into a slow whirl, slide the egg into the middle and lift it out after three minutes.</source>
      <translation>Wasser mit einem Löffel Essig sanft zum Sieden bringen, zu einem langsamen Strudel rühren, das Ei in die Mitte gleiten lassen und nach drei Minuten herausheben.</translation>
    </message>
    <message>
      <source>Came with the profile: {parts}.</source>
      <translation>Mit dem Profil kamen: {parts}.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Cancel, Escape</source>
      <translation>Abbrechen, Escape</translation>
    </message>
    <message>
      <source>Casual, as among friends</source>
      <translation>Locker, wie unter Freunden</translation>
    </message>
    <message>
      <source>Chats</source>
      <translation>Chats</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>Datei wählen…</translation>
    </message>
    <message>
      <source>Choose a model</source>
      <translation>Modell wählen</translation>
    </message>
    <message>
      <source>Choose a model…</source>
      <translation>Modell wählen…</translation>
    </message>
    <message>
      <source>Choose files</source>
      <translation>Dateien wählen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close the panel</source>
      <translation>Bereich schließen</translation>
    </message>
    <message>
      <source>Close this note</source>
      <translation>Hinweis schließen</translation>
    </message>
    <message>
      <source>Code copied</source>
      <translation>Code kopiert</translation>
    </message>
    <message>
      <source>Colours of the window</source>
      <translation>Farben des Fensters</translation>
    </message>
    <message>
      <source>Commit to the likeliest answer</source>
      <translation>Sich auf das Wahrscheinlichste festlegen</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Continue with this reply</source>
      <translation>Mit dieser Antwort weiter</translation>
    </message>
    <message>
      <source>Continue with {chosen} ↵</source>
      <translation>Weiter mit {chosen} ↵</translation>
    </message>
    <message>
      <source>Continue ↵</source>
      <translation>Weiter ↵</translation>
    </message>
    <message>
      <source>Conversation</source>
      <translation>Unterhaltung</translation>
    </message>
    <message>
      <source>Conversation about {count} tokens</source>
      <translation>Unterhaltung etwa {count} Tokens</translation>
    </message>
    <message>
      <source>Conversation {count} tokens</source>
      <translation>Unterhaltung {count} Tokens</translation>
    </message>
    <message>
      <source>Conversation {title}</source>
      <translation>Unterhaltung {title}</translation>
    </message>
    <message>
      <source>Conversations</source>
      <translation>Unterhaltungen</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy all of this</source>
      <translation>All das kopieren</translation>
    </message>
    <message>
      <source>Copy chat</source>
      <translation>Chat kopieren</translation>
    </message>
    <message>
      <source>Copy chat from here</source>
      <translation>Chat bis hierher kopieren</translation>
    </message>
    <message>
      <source>Copy reply {letter}</source>
      <translation>Antwort {letter} kopieren</translation>
    </message>
    <message>
      <source>Copy the last reply</source>
      <translation>Die letzte Antwort kopieren</translation>
    </message>
    <message>
      <source>Copy the reply without it</source>
      <translation>Die Antwort ohne Gelerntes kopieren</translation>
    </message>
    <message>
      <source>Copy this reply</source>
      <translation>Diese Antwort kopieren</translation>
    </message>
    <message>
      <source>Ctrl</source>
      <translation>Strg</translation>
    </message>
    <message>
      <source>Cut off at the limit.</source>
      <translation>An der Grenze abgeschnitten.</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Del</source>
      <translation>Entf</translation>
    </message>
    <message>
      <source>Delete	Del</source>
      <translation>Löschen	Entf</translation>
    </message>
    <message>
      <source>Delete; it can be brought back</source>
      <translation>Löschen; lässt sich zurückholen</translation>
    </message>
    <message>
      <source>Deleted chats</source>
      <translation>Gelöschte Chats</translation>
    </message>
    <message>
      <source>Deleted chats…</source>
      <translation>Gelöschte Chats…</translation>
    </message>
    <message>
      <source>Deleted “{title}”.</source>
      <translation>„{title}“ gelöscht.</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Do not pin the rule: {text}</source>
      <translation>Regel nicht mehr anheften: {text}</translation>
    </message>
    <message>
      <source>Do not pin {tag}</source>
      <translation>{tag} nicht mehr anheften</translation>
    </message>
    <message>
      <source>Do without an agent</source>
      <translation>Ohne Agenten auskommen</translation>
    </message>
    <message>
      <source>Documents (*.pdf *.md *.txt *.rst *.tex *.html *.csv *.json);;All files (*)</source>
      <translation>Dokumente (*.pdf *.md *.txt *.rst *.tex *.html *.csv *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
      <source>Done for today</source>
      <translation>Genug für heute</translation>
    </message>
    <message>
      <source>Done for today, Escape</source>
      <translation>Genug für heute, Escape</translation>
    </message>
    <message>
      <source>Drag reply {letter}</source>
      <translation>Antwort {letter} ziehen</translation>
    </message>
    <message>
      <source>Drag to rank: between cards for an order, onto a card for a tie</source>
      <translation>Zum Ordnen ziehen: zwischen Karten für eine Reihenfolge, auf eine Karte für Gleichstand</translation>
    </message>
    <message>
      <source>Draw from the likeliest words up to this share</source>
      <translation>Aus den wahrscheinlichsten Wörtern bis zu diesem Anteil ziehen</translation>
    </message>
    <message>
      <source>Draw from this many words (0: all)</source>
      <translation>Aus so vielen Wörtern ziehen (0: allen)</translation>
    </message>
    <message>
      <source>Drawn on: {names}</source>
      <translation>Gestützt auf: {names}</translation>
    </message>
    <message>
      <source>Drop a GGUF file here, or choose one. Its header is checked before it is used, and nothing is sent anywhere. What I have learned about you belongs to you, not to a model: it goes along; only an agent trained for one model rests while another is in use.</source>
      <translation>Eine GGUF-Datei hier ablegen oder auswählen. Ihr Kopf wird vor der Benutzung geprüft, und nichts wird verschickt. Was ich gelernt habe, hängt an keinem Modell: Es geht mit; nur ein Agent, der für ein Modell trainiert wurde, ruht, solange ein anderes benutzt wird.</translation>
    </message>
    <message>
      <source>Drop here if all are bad</source>
      <translation>Hier ablegen, wenn alle schlecht sind</translation>
    </message>
    <message>
      <source>Each reply can become {count} tokens long.</source>
      <translation>Jede Antwort kann {count} Tokens lang werden.</translation>
    </message>
    <message>
      <source>Each reply with guidance carries a few of these. The number is what a tag adds to a reply for you (at +1 it wins 73 % of pairs), ± its uncertainty; the bar is how likely the next guided reply carries it.</source>
      <translation>Jede Antwort mit Vorgaben trägt einige davon. Die Zahl sagt, was ein Merkmal einer Antwort bringt (bei +1 gewinnt sie 73 % der Paare), ± ihre Unsicherheit; der Balken zeigt, wie wahrscheinlich die nächste Antwort mit Vorgaben es trägt.</translation>
    </message>
    <message>
      <source>Earlier ones: attune conversations list --deleted</source>
      <translation>Frühere: attune conversations list --deleted</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>Bearbeiten</translation>
    </message>
    <message>
      <source>Edit snippets…</source>
      <translation>Textbausteine bearbeiten…</translation>
    </message>
    <message>
      <source>Edit the last query</source>
      <translation>Die letzte Frage bearbeiten</translation>
    </message>
    <message>
      <source>Edit the server</source>
      <translation>Server bearbeiten</translation>
    </message>
    <message>
      <source>Edit this query</source>
      <translation>Diese Frage bearbeiten</translation>
    </message>
    <message>
      <source>Edit this reply…</source>
      <translation>Diese Antwort bearbeiten …</translation>
    </message>
    <message>
      <source>Edit this reply… (rank the replies first)</source>
      <translation>Diese Antwort bearbeiten … (erst die Antworten ordnen)</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>Bearbeiten…</translation>
    </message>
    <message>
      <source>Encouragement</source>
      <translation>Ermutigung</translation>
    </message>
    <message>
      <source>English</source>
      <translation>Englisch</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Eingabe</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <source>Every connection that the window's process opens from Python is counted, from its start on. The processes that write replies, learn and read PDF files are refused any. Compiled libraries (llama.cpp, torch, Qt) could open one unseen by this; none is asked to, and a firewall's log is the proof that needs no trust in this program.</source>
      <translation>Jede Verbindung, die der Prozess des Fensters aus Python öffnet, wird ab seinem Start gezählt. Den Prozessen, die Antworten schreiben, lernen und PDF-Dateien lesen, ist jede verwehrt. Kompilierte Bibliotheken (llama.cpp, torch, Qt) könnten ungesehen eine öffnen; keine wird darum gebeten, und das Protokoll einer Firewall ist der Beweis, der kein Vertrauen in dieses Programm braucht.</translation>
    </message>
    <message>
      <source>Every round with several replies is ranked. There is nothing to do here.</source>
      <translation>Jede Runde mit mehreren Antworten ist geordnet. Hier gibt es nichts zu tun.</translation>
    </message>
    <message>
      <source>Everyday words</source>
      <translation>Alltägliche Wörter</translation>
    </message>
    <message>
      <source>Everything can be done without the mouse.</source>
      <translation>Alles geht ohne Maus.</translation>
    </message>
    <message>
      <source>Everything else</source>
      <translation>Alles Weitere</translation>
    </message>
    <message>
      <source>Everything learned goes; conversations stay.</source>
      <translation>Alles Gelernte geht; Unterhaltungen bleiben.</translation>
    </message>
    <message>
      <source>Everything stays here</source>
      <translation>Alles bleibt hier</translation>
    </message>
    <message>
      <source>Everything stays on this computer, in this folder:</source>
      <translation>Alles bleibt auf diesem Computer, in diesem Ordner:</translation>
    </message>
    <message>
      <source>Explain compound interest with an example.</source>
      <translation>Erkläre Zinseszins an einem Beispiel.</translation>
    </message>
    <message>
      <source>Explanation</source>
      <translation>Erklärung</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Export pairs</source>
      <translation>Paare exportieren</translation>
    </message>
    <message>
      <source>Export pairs…</source>
      <translation>Paare exportieren…</translation>
    </message>
    <message>
      <source>Export rankings as pairs of texts, for other training programs</source>
      <translation>Rangfolgen als Textpaare exportieren, für andere Trainingsprogramme</translation>
    </message>
    <message>
      <source>Export the conversation</source>
      <translation>Unterhaltung exportieren</translation>
    </message>
    <message>
      <source>Export the profile</source>
      <translation>Profil exportieren</translation>
    </message>
    <message>
      <source>Export the profile…</source>
      <translation>Profil exportieren…</translation>
    </message>
    <message>
      <source>Exports of ChatGPT, Claude or Attune (*.json *.zip)</source>
      <translation>Exporte von ChatGPT, Claude oder Attune (*.json *.zip)</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren…</translation>
    </message>
    <message>
      <source>F1</source>
      <translation>F1</translation>
    </message>
    <message>
      <source>F10</source>
      <translation>F10</translation>
    </message>
    <message>
      <source>F2</source>
      <translation>F2</translation>
    </message>
    <message>
      <source>F4</source>
      <translation>F4</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>Filtern</translation>
    </message>
    <message>
      <source>Filter tags by a word</source>
      <translation>Merkmale nach einem Wort filtern</translation>
    </message>
    <message>
      <source>Fits</source>
      <translation>Passt</translation>
    </message>
    <message>
      <source>Fits the tags anew to all rankings: a moment.</source>
      <translation>Passt die Merkmale neu an alle Rangfolgen an: ein Augenblick.</translation>
    </message>
    <message>
      <source>Fits your taste in texts anew to all rankings: seconds.</source>
      <translation>Passt den Textgeschmack neu an alle Rangfolgen an: Sekunden.</translation>
    </message>
    <message>
      <source>Fixes which rankings are kept from training (made once for a data file)</source>
      <translation>Legt fest, welche Rangfolgen nicht ins Training kommen (einmal je Datendatei)</translation>
    </message>
    <message>
      <source>For a laptop that is too small for the model you want: replies can be written by llama-server, vLLM or another program with an OpenAI-compatible address, on a machine of yours. It is off unless you switch it on, because your text then leaves this program.</source>
      <translation>Für Laptops, die für das gewünschte Modell zu klein sind: Antworten kann llama-server, vLLM oder ein anderes Programm mit OpenAI-kompatibler Adresse auf einem eigenen Rechner schreiben. Ohne ausdrückliches Einschalten ist das aus, denn der Text verlässt dann dieses Programm.</translation>
    </message>
    <message>
      <source>For example: {sample}</source>
      <translation>Zum Beispiel: {sample}</translation>
    </message>
    <message>
      <source>Forget</source>
      <translation>Vergessen</translation>
    </message>
    <message>
      <source>Forget everything</source>
      <translation>Alles vergessen</translation>
    </message>
    <message>
      <source>Forget everything I have learned about you?

Every ranking is taken back, and with it weights, rules found, prompts, the agent, imports and the interview. Your conversations stay. A backup of the data file is made first.</source>
      <translation>Alles Gelernte vergessen?

Jede Rangfolge wird zurückgenommen und mit ihr Gewichte, gefundene Regeln, Prompts, der Agent, Importe und das Interview. Die Unterhaltungen bleiben. Vorher wird die Datendatei gesichert.</translation>
    </message>
    <message>
      <source>Forget everything…</source>
      <translation>Alles vergessen…</translation>
    </message>
    <message numerus="yes">
      <source>Forgotten: %n rankings and all that came of them.</source>
      <translation>
        <numerusform>Vergessen: %n Rangfolge und alles, was daraus wurde.</numerusform>
        <numerusform>Vergessen: %n Rangfolgen und alles, was daraus wurde.</numerusform>
      </translation>
    </message>
    <message>
      <source>Frank criticism</source>
      <translation>Offene Kritik</translation>
    </message>
    <message numerus="yes">
      <source>From %n rankings, the weightiest first:</source>
      <translation>
        <numerusform>Aus %n Rangfolge:</numerusform>
        <numerusform>Aus %n Rangfolgen, die gewichtigste zuerst:</numerusform>
      </translation>
    </message>
    <message>
      <source>German</source>
      <translation>Deutsch</translation>
    </message>
    <message>
      <source>Get to the matter</source>
      <translation>Zur Sache kommen</translation>
    </message>
    <message>
      <source>Gladly</source>
      <translation>Gern</translation>
    </message>
    <message>
      <source>Go back to the one before</source>
      <translation>Zurück zur vorigen Fassung</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Go on learning</source>
      <translation>Weiter lernen</translation>
    </message>
    <message>
      <source>Go on with the best reply</source>
      <translation>Mit der besten Antwort weiter</translation>
    </message>
    <message>
      <source>Go on without them</source>
      <translation>Ohne sie weiter</translation>
    </message>
    <message>
      <source>Go to the message</source>
      <translation>Zur Nachricht</translation>
    </message>
    <message>
      <source>Go to the replies</source>
      <translation>Zu den Antworten</translation>
    </message>
    <message>
      <source>Going on with reply {chosen}</source>
      <translation>Weiter mit Antwort {chosen}</translation>
    </message>
    <message>
      <source>Gravity needs testing, and your cat is a dedicated scientist. Also, it has noticed that every experiment brings you running.</source>
      <translation>Die Schwerkraft muss geprüft werden, und deine Katze forscht mit Hingabe. Außerdem hat sie bemerkt, dass du bei jedem Versuch angerannt kommst.</translation>
    </message>
    <message>
      <source>Has the model try notes about you on past queries: minutes.</source>
      <translation>Lässt das Modell Notizen an früheren Fragen erproben: Minuten.</translation>
    </message>
    <message>
      <source>Hide the other questions</source>
      <translation>Übrige Fragen ausblenden</translation>
    </message>
    <message>
      <source>Hide the questions</source>
      <translation>Fragen ausblenden</translation>
    </message>
    <message>
      <source>How can I relax after a long day of work?</source>
      <translation>Wie kann ich nach einem langen Arbeitstag abschalten?</translation>
    </message>
    <message>
      <source>How far the training is</source>
      <translation>Wie weit das Training ist</translation>
    </message>
    <message>
      <source>How fast each model wrote last</source>
      <translation>Wie schnell jedes Modell zuletzt schrieb</translation>
    </message>
    <message>
      <source>How freely words are drawn</source>
      <translation>Wie frei Wörter gezogen werden</translation>
    </message>
    <message>
      <source>How long should a reply be?</source>
      <translation>Wie lang soll eine Antwort sein?</translation>
    </message>
    <message>
      <source>How much repeating words is avoided (1: not)</source>
      <translation>Wie sehr Wiederholungen vermieden werden (1: gar nicht)</translation>
    </message>
    <message>
      <source>How much replies keep to the query and its guidance (0: as the model alone would; otherwise each word is weighed twice, so writing takes longer)</source>
      <translation>Wie sehr Antworten bei der Anfrage und ihrer Anleitung bleiben (0: wie das Modell von selbst; sonst wird jedes Wort zweimal abgewogen, das Schreiben dauert also länger)</translation>
    </message>
    <message>
      <source>How should a disputed subject be treated?</source>
      <translation>Wie soll ein strittiges Thema behandelt werden?</translation>
    </message>
    <message>
      <source>How should a reply look?</source>
      <translation>Wie soll eine Antwort aussehen?</translation>
    </message>
    <message>
      <source>How should instructions be laid out?</source>
      <translation>Wie sollen Anleitungen aufgebaut sein?</translation>
    </message>
    <message>
      <source>How well I guess</source>
      <translation>Wie gut ich rate</translation>
    </message>
    <message>
      <source>How well I guess your order</source>
      <translation>Wie gut ich die Reihenfolge errate</translation>
    </message>
    <message>
      <source>I cannot tell yet whether you like it ({number}).</source>
      <translation>Ob es gefällt, kann ich noch nicht sagen ({number}).</translation>
    </message>
    <message>
      <source>I expected {order}</source>
      <translation>Erwartet: {order}</translation>
    </message>
    <message>
      <source>I guess your order right in {learned}{rest}</source>
      <translation>Ich errate die Reihenfolge bei {learned}{rest}</translation>
    </message>
    <message>
      <source>I want my text to be sent to this address.</source>
      <translation>Mein Text soll an diese Adresse gesendet werden.</translation>
    </message>
    <message>
      <source>I'm sorry, that is hard after all your practice. Give yourself an evening off, then book an hour on what went wrong; you are closer than it feels.</source>
      <translation>Das tut mir leid, nach all dem Üben ist das hart. Gönn dir einen freien Abend und buche dann eine Stunde für das, was schiefging; du bist näher dran, als es sich anfühlt.</translation>
    </message>
    <message>
      <source>If it replaces what is here:</source>
      <translation>Wenn es ersetzt, was hier ist:</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Importieren</translation>
    </message>
    <message>
      <source>Import a profile</source>
      <translation>Profil importieren</translation>
    </message>
    <message>
      <source>Import a profile…</source>
      <translation>Profil importieren…</translation>
    </message>
    <message>
      <source>Import chats</source>
      <translation>Chats importieren</translation>
    </message>
    <message>
      <source>Import chats…</source>
      <translation>Chats importieren…</translation>
    </message>
    <message>
      <source>Imported agent</source>
      <translation>Importierter Agent</translation>
    </message>
    <message>
      <source>Imported profiles</source>
      <translation>Importierte Profile</translation>
    </message>
    <message>
      <source>In the first sentence</source>
      <translation>Im ersten Satz</translation>
    </message>
    <message>
      <source>In the list of conversations</source>
      <translation>In der Liste der Unterhaltungen</translation>
    </message>
    <message>
      <source>In use</source>
      <translation>In Benutzung</translation>
    </message>
    <message>
      <source>In use: text leaves this program</source>
      <translation>In Benutzung: Text verlässt dieses Programm</translation>
    </message>
    <message>
      <source>Insert a snippet</source>
      <translation>Textbaustein einfügen</translation>
    </message>
    <message>
      <source>Instruction of the tag</source>
      <translation>Anweisung des Merkmals</translation>
    </message>
    <message>
      <source>Interest</source>
      <translation>Interesse</translation>
    </message>
    <message>
      <source>Interests</source>
      <translation>Interessen</translation>
    </message>
    <message>
      <source>Interests put into a prompt (2 or more only suit models that do not lose the query over them)</source>
      <translation>Interessen in einem Prompt (2 oder mehr nur für Modelle, die darüber nicht die Frage vergessen)</translation>
    </message>
    <message>
      <source>Interrupted.</source>
      <translation>Unterbrochen.</translation>
    </message>
    <message>
      <source>Interview</source>
      <translation>Interview</translation>
    </message>
    <message>
      <source>Is there room for a joke?</source>
      <translation>Darf ein Witz dabei sein?</translation>
    </message>
    <message>
      <source>It came with an imported profile and is not used before you allow it.</source>
      <translation>Es kam mit einem importierten Profil und wird erst verwendet, wenn es erlaubt ist.</translation>
    </message>
    <message>
      <source>It goes into {share:.0f} % of the replies with guidance.</source>
      <translation>Es kommt in {share:.0f} % der Antworten mit Vorgaben.</translation>
    </message>
    <message>
      <source>It is the value of the best alternative given up by a choice, and every use of a scarce resource has one.</source>
      <translation>Es ist der Wert der besten Möglichkeit, auf die man mit einer Wahl verzichtet, und jede Verwendung eines knappen Mittels hat einen.</translation>
    </message>
    <message>
      <source>It is tried like any other and stays only if your rankings speak for it; pin it to have it always.</source>
      <translation>Es wird erprobt wie jedes andere und bleibt nur, wenn die Rangfolgen dafür sprechen; angeheftet gilt es immer.</translation>
    </message>
    <message>
      <source>It presents an antigen that induces a primary immune response, leaving memory B and T cells that shorten the response to later exposure.</source>
      <translation>Sie präsentiert ein Antigen, das eine primäre Immunantwort auslöst und B- und T-Gedächtniszellen hinterlässt, die bei späterem Kontakt die Antwort verkürzen.</translation>
    </message>
    <message>
      <source>It reads “{text}” now.</source>
      <translation>Es heißt jetzt „{text}“.</translation>
    </message>
    <message>
      <source>It shows your body a harmless piece of a germ, so that it knows what to fight when the real one comes.</source>
      <translation>Sie zeigt dem Körper ein harmloses Stück eines Keims, damit er weiß, was zu bekämpfen ist, wenn der echte kommt.</translation>
    </message>
    <message>
      <source>It trains working alone and repeats what was learned; on the other hand it takes up play and sleep, and helps little in the first years.</source>
      <translation>Es übt das selbstständige Arbeiten und wiederholt das Gelernte; andererseits nimmt es Zeit zum Spielen und Schlafen und hilft in den ersten Jahren wenig.</translation>
    </message>
    <message>
      <source>Its text speaks against it: {things}</source>
      <translation>Gegen den Text spricht: {things}</translation>
    </message>
    <message>
      <source>Its text speaks for it: {things}</source>
      <translation>Für den Text spricht: {things}</translation>
    </message>
    <message>
      <source>Its title:</source>
      <translation>Ihr Titel:</translation>
    </message>
    <message>
      <source>JSON lines (*.jsonl)</source>
      <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
      <source>Keep writing</source>
      <translation>Weiterschreiben</translation>
    </message>
    <message>
      <source>Keep writing a reply that was cut off</source>
      <translation>Eine abgeschnittene Antwort weiterschreiben</translation>
    </message>
    <message>
      <source>Keep writing reply {letter}</source>
      <translation>Antwort {letter} weiterschreiben</translation>
    </message>
    <message>
      <source>Keep writing this reply</source>
      <translation>Diese Antwort weiterschreiben</translation>
    </message>
    <message>
      <source>Kept states</source>
      <translation>Aufbewahrte Stände</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Schlüssel</translation>
    </message>
    <message>
      <source>Key that the server asks for</source>
      <translation>Schlüssel, den der Server verlangt</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Kind of the tag</source>
      <translation>Art des Merkmals</translation>
    </message>
    <message>
      <source>Language of the window, from the next start on</source>
      <translation>Sprache des Fensters, ab dem nächsten Start</translation>
    </message>
    <message>
      <source>Larger context…</source>
      <translation>Größerer Kontext …</translation>
    </message>
    <message>
      <source>Larger text</source>
      <translation>Größerer Text</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Später</translation>
    </message>
    <message>
      <source>Learn from rankings</source>
      <translation>Aus Rangfolgen lernen</translation>
    </message>
    <message>
      <source>Learn from this conversation</source>
      <translation>Aus dieser Unterhaltung lernen</translation>
    </message>
    <message>
      <source>Learn longer things only when not on battery</source>
      <translation>Längeres nur lernen, wenn kein Akku benutzt wird</translation>
    </message>
    <message>
      <source>Learn longer things while nothing is asked</source>
      <translation>Längeres lernen, solange nichts gefragt wird</translation>
    </message>
    <message>
      <source>Learn now</source>
      <translation>Jetzt lernen</translation>
    </message>
    <message>
      <source>Learn now: {part}</source>
      <translation>Jetzt lernen: {part}</translation>
    </message>
    <message>
      <source>Learning from your order…</source>
      <translation>Lerne aus der Reihenfolge …</translation>
    </message>
    <message>
      <source>Learning is off; press to switch it on</source>
      <translation>Das Lernen ist aus; drücken, um es einzuschalten</translation>
    </message>
    <message>
      <source>Learning is on; press to switch it off</source>
      <translation>Das Lernen ist an; drücken, um es auszuschalten</translation>
    </message>
    <message>
      <source>Learning now</source>
      <translation>Lernt gerade</translation>
    </message>
    <message>
      <source>Learning off</source>
      <translation>Lernen aus</translation>
    </message>
    <message>
      <source>Learning on</source>
      <translation>Lernen an</translation>
    </message>
    <message>
      <source>Learning: {outcome}.</source>
      <translation>Lernen: {outcome}.</translation>
    </message>
    <message>
      <source>Leave for later</source>
      <translation>Für später lassen</translation>
    </message>
    <message>
      <source>Leave out words this much less likely than the best</source>
      <translation>Wörter weglassen, die so viel unwahrscheinlicher sind als das beste</translation>
    </message>
    <message>
      <source>Leaves are green because of chlorophyll, which a tree keeps renewing all summer. When days get shorter, it stops doing so and draws the useful substances back into its wood. As the green fades, yellow pigments that were there all along come through. Red ones are made anew, because they shield the leaf from bright light while the tree empties it. Cold nights and sunny days make the red strongest.</source>
      <translation>Blätter sind grün durch Chlorophyll, das ein Baum den ganzen Sommer über erneuert. Werden die Tage kürzer, hört er damit auf und zieht die nützlichen Stoffe ins Holz zurück. Während das Grün vergeht, treten gelbe Pigmente hervor, die immer schon da waren. Rote werden neu gebildet, denn sie schirmen das Blatt gegen helles Licht ab, während der Baum es leert. Kalte Nächte und sonnige Tage machen das Rot am kräftigsten.</translation>
    </message>
    <message>
      <source>Left</source>
      <translation>Links</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Long enough to explain everything</source>
      <translation>Lang genug, um alles zu erklären</translation>
    </message>
    <message>
      <source>Longest reply, in tokens</source>
      <translation>Längste Antwort, in Tokens</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>Aussehen</translation>
    </message>
    <message>
      <source>Look at **damp** in the corners, try the **water pressure**, and ask about the **heating costs** and the **notice period**.</source>
      <translation>In den Ecken nach **Feuchtigkeit** sehen, den **Wasserdruck** prüfen und nach den **Heizkosten** und der **Kündigungsfrist** fragen.</translation>
    </message>
    <message>
      <source>Look for damp in the corners, try the water pressure, and ask about the heating costs and the notice period.</source>
      <translation>In den Ecken nach Feuchtigkeit sehen, den Wasserdruck prüfen und nach den Heizkosten und der Kündigungsfrist fragen.</translation>
    </message>
    <message>
      <source>Looking up what each reply was written with…</source>
      <translation>Sehe nach, womit die Antworten geschrieben wurden …</translation>
    </message>
    <message>
      <source>Looks for rules and judges them on held-out rankings: seconds to a minute.</source>
      <translation>Sucht Regeln und prüft sie an zurückgelegten Rangfolgen: Sekunden bis eine Minute.</translation>
    </message>
    <message>
      <source>Make a frittata: eggs, leftover vegetables, some cheese, ten minutes in the pan.</source>
      <translation>Eine Frittata: Eier, übriges Gemüse, etwas Käse, zehn Minuten in der Pfanne.</translation>
    </message>
    <message>
      <source>Markdown (*.md);;JSON with everything (*.json);;PDF (*.pdf)</source>
      <translation>Markdown (*.md);;JSON mit allem (*.json);;PDF (*.pdf)</translation>
    </message>
    <message>
      <source>May be slow</source>
      <translation>Vielleicht langsam</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>Menü</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>Nachricht</translation>
    </message>
    <message>
      <source>Messages that were begun and not sent</source>
      <translation>Begonnene, nicht gesendete Nachrichten</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
      <source>Model: {name}{spoken}; choose another</source>
      <translation>Modell: {name}{spoken}; ein anderes wählen</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>Modelle</translation>
    </message>
    <message>
      <source>Models (*.gguf)</source>
      <translation>Modelle (*.gguf)</translation>
    </message>
    <message>
      <source>Models that came along</source>
      <translation>Mitgelieferte Modelle</translation>
    </message>
    <message>
      <source>More about conversations</source>
      <translation>Mehr zu Unterhaltungen</translation>
    </message>
    <message>
      <source>More about reply {letter}</source>
      <translation>Mehr zu Antwort {letter}</translation>
    </message>
    <message>
      <source>More about this reply</source>
      <translation>Mehr zu dieser Antwort</translation>
    </message>
    <message>
      <source>Move the reply down in the order</source>
      <translation>Antwort in der Reihenfolge nach hinten</translation>
    </message>
    <message>
      <source>Move the reply up in the order</source>
      <translation>Antwort in der Reihenfolge nach vorn</translation>
    </message>
    <message>
      <source>Move to folder</source>
      <translation>In Ordner verschieben</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Name of the folder:</source>
      <translation>Name des Ordners:</translation>
    </message>
    <message>
      <source>Name of the model on that server</source>
      <translation>Name des Modells auf diesem Server</translation>
    </message>
    <message>
      <source>Name of the tag</source>
      <translation>Name des Merkmals</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Netz</translation>
    </message>
    <message numerus="yes">
      <source>Network: %n requests since the start</source>
      <translation>
        <numerusform>Netz: %n Anfrage seit dem Start</numerusform>
        <numerusform>Netz: %n Anfragen seit dem Start</numerusform>
      </translation>
    </message>
    <message>
      <source>Network: not counted in this process</source>
      <translation>Netz: in diesem Prozess nicht gezählt</translation>
    </message>
    <message>
      <source>Never use {tag}</source>
      <translation>{tag} nie verwenden</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Neu</translation>
    </message>
    <message>
      <source>New chat</source>
      <translation>Neuer Chat</translation>
    </message>
    <message>
      <source>New chat with this</source>
      <translation>Neuer Chat damit</translation>
    </message>
    <message>
      <source>New chat with this message</source>
      <translation>Neuer Chat mit dieser Nachricht</translation>
    </message>
    <message>
      <source>New chat, Control N</source>
      <translation>Neuer Chat, Steuerung N</translation>
    </message>
    <message>
      <source>New folder</source>
      <translation>Neuer Ordner</translation>
    </message>
    <message>
      <source>New folder…</source>
      <translation>Neuer Ordner…</translation>
    </message>
    <message>
      <source>New line</source>
      <translation>Neue Zeile</translation>
    </message>
    <message>
      <source>New prompts, unused until you allow them:</source>
      <translation>Neue Prompts, unbenutzt bis sie erlaubt werden:</translation>
    </message>
    <message>
      <source>New rankings are kept but change nothing. Press to learn again.</source>
      <translation>Neue Rangfolgen werden aufbewahrt, ändern aber nichts. Drücken, um wieder zu lernen.</translation>
    </message>
    <message>
      <source>New rules, unused until you allow them: {names}.</source>
      <translation>Neue Regeln, unbenutzt bis sie erlaubt werden: {names}.</translation>
    </message>
    <message>
      <source>New snippet</source>
      <translation>Neuer Textbaustein</translation>
    </message>
    <message>
      <source>New snippets: {names}.</source>
      <translation>Neue Textbausteine: {names}.</translation>
    </message>
    <message>
      <source>New tags, unused until you allow them: {names}.</source>
      <translation>Neue Merkmale, unbenutzt bis sie erlaubt werden: {names}.</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Next reply</source>
      <translation>Nächste Antwort</translation>
    </message>
    <message>
      <source>No agent has been trained yet.</source>
      <translation>Noch kein Agent wurde trainiert.</translation>
    </message>
    <message>
      <source>No agent is in use.</source>
      <translation>Kein Agent ist in Benutzung.</translation>
    </message>
    <message>
      <source>No agent is in use; its versions are kept.</source>
      <translation>Kein Agent ist in Benutzung; seine Fassungen bleiben.</translation>
    </message>
    <message>
      <source>No animations</source>
      <translation>Keine Animationen</translation>
    </message>
    <message>
      <source>No folder</source>
      <translation>Kein Ordner</translation>
    </message>
    <message>
      <source>No longer in the library.</source>
      <translation>Nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
      <source>No opinion</source>
      <translation>Keine Meinung</translation>
    </message>
    <message>
      <source>No reply was written.</source>
      <translation>Es wurde keine Antwort geschrieben.</translation>
    </message>
    <message>
      <source>No rule has been borne out by held-out rankings yet.</source>
      <translation>Noch keine Regel hat sich an zurückgelegten Rangfolgen bewährt.</translation>
    </message>
    <message>
      <source>No tag fits.</source>
      <translation>Kein Merkmal passt.</translation>
    </message>
    <message>
      <source>No tags wait for you.</source>
      <translation>Keine Merkmale warten.</translation>
    </message>
    <message>
      <source>No title, query or reply contains “{text}”.</source>
      <translation>Kein Titel, keine Frage und keine Antwort enthält „{text}“.</translation>
    </message>
    <message>
      <source>No, just the answer</source>
      <translation>Nein, nur die Antwort</translation>
    </message>
    <message>
      <source>None of your rankings speaks for or against it yet.</source>
      <translation>Noch spricht keine Rangfolge dafür oder dagegen.</translation>
    </message>
    <message>
      <source>None yet: rules are looked for from 10 rankings on.</source>
      <translation>Noch keine: Ab 10 Rangfolgen werden Regeln gesucht.</translation>
    </message>
    <message>
      <source>None yet: “Learning now” tries some.</source>
      <translation>Noch keine: „Lernt gerade“ erprobt einige.</translation>
    </message>
    <message>
      <source>Not changed</source>
      <translation>Nicht geändert</translation>
    </message>
    <message>
      <source>Not for young ones. It takes time from play and sleep, and there is little to show for it before the age of twelve or so.</source>
      <translation>Für jüngere nicht. Es nimmt Zeit zum Spielen und Schlafen, und vor etwa zwölf Jahren zeigt es wenig Wirkung.</translation>
    </message>
    <message>
      <source>Not learned from</source>
      <translation>Nicht zum Lernen</translation>
    </message>
    <message>
      <source>Not reviewed yet</source>
      <translation>Noch nicht geprüft</translation>
    </message>
    <message>
      <source>Not usable</source>
      <translation>Nicht benutzbar</translation>
    </message>
    <message>
      <source>Notes about you that were tried behind past queries. The score is how often the reply written with one would be ranked above the same reply without it.</source>
      <translation>Notizen, die hinter früheren Fragen erprobt wurden. Der Wert sagt, wie oft die Antwort mit einer Notiz vor derselben Antwort ohne sie stünde.</translation>
    </message>
    <message>
      <source>Nothing has been trained in the background yet.</source>
      <translation>Im Hintergrund wurde noch nichts trainiert.</translation>
    </message>
    <message>
      <source>Nothing is being learned at the moment.</source>
      <translation>Gerade wird nichts gelernt.</translation>
    </message>
    <message>
      <source>Nothing is clear yet.</source>
      <translation>Noch ist nichts klar.</translation>
    </message>
    <message>
      <source>Nothing is known of it yet.</source>
      <translation>Darüber ist noch nichts bekannt.</translation>
    </message>
    <message>
      <source>Nothing is known yet: replies are shuffled, and I compare once you have ranked.</source>
      <translation>Noch ist nichts bekannt: Die Antworten werden gemischt, und nach den ersten Rangfolgen vergleiche ich.</translation>
    </message>
    <message>
      <source>Nothing leaves it: no account, no telemetry, no update check, no network. You can look at the folder, copy it, or wipe it in the settings.</source>
      <translation>Nichts verlässt ihn: kein Konto, keine Telemetrie, keine Suche nach Updates, kein Netz. Der Ordner kann angesehen, kopiert oder in den Einstellungen gelöscht werden.</translation>
    </message>
    <message>
      <source>Nothing of this chat is kept or learned from.</source>
      <translation>Von diesem Chat wird nichts aufbewahrt und nichts gelernt.</translation>
    </message>
    <message>
      <source>Nothing was deleted in the last 30 days.</source>
      <translation>In den letzten 30 Tagen wurde nichts gelöscht.</translation>
    </message>
    <message>
      <source>Nothing would change.</source>
      <translation>Nichts würde sich ändern.</translation>
    </message>
    <message numerus="yes">
      <source>Of two replies that you like alike, you put the left one first {value:.0f} % of the time ({low:.0f}–{high:.0f}, from %n rankings).</source>
      <translation>
        <numerusform>Von zwei Antworten, die gleich gut gefallen, kommt in {value:.0f} % der Fälle die linke zuerst ({low:.0f}–{high:.0f}, aus %n Rangfolge).</numerusform>
        <numerusform>Von zwei Antworten, die gleich gut gefallen, kommt in {value:.0f} % der Fälle die linke zuerst ({low:.0f}–{high:.0f}, aus %n Rangfolgen).</numerusform>
      </translation>
    </message>
    <message>
      <source>Off</source>
      <translation>Aus</translation>
    </message>
    <message>
      <source>On a button, also under a reply</source>
      <translation>Auf einer Schaltfläche, auch unter einer Antwort</translation>
    </message>
    <message>
      <source>On the page “What I have learned about you”</source>
      <translation>Auf der Seite „Was ich gelernt habe“</translation>
    </message>
    <message>
      <source>One file with your tags, pins and bans, the order of every ranking, rules, prompts and the agent in use: to keep, or for another machine or model. Without the tick it holds none of your queries and replies.</source>
      <translation>Eine Datei mit Merkmalen, Angeheftetem und Gesperrtem, der Reihenfolge jeder Rangfolge, Regeln, Prompts und dem benutzten Agenten: zum Aufheben oder für einen anderen Rechner oder ein anderes Modell. Ohne den Haken enthält sie keine Fragen und Antworten.</translation>
    </message>
    <message>
      <source>One moment…</source>
      <translation>Einen Moment…</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Open the data folder</source>
      <translation>Datenordner öffnen</translation>
    </message>
    <message>
      <source>Open this link?</source>
      <translation>Diesen Link öffnen?</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Reihenfolge</translation>
    </message>
    <message>
      <source>Pairs hold the texts: a query, a better and a worse reply, one per line.</source>
      <translation>Paare enthalten die Texte: eine Frage, eine bessere und eine schlechtere Antwort, je Zeile eines.</translation>
    </message>
    <message>
      <source>Parts of the page</source>
      <translation>Teile der Seite</translation>
    </message>
    <message>
      <source>Path of the chat model (empty: the embedded one)</source>
      <translation>Pfad des Chatmodells (leer: das mitgelieferte)</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Pause learning</source>
      <translation>Lernen anhalten</translation>
    </message>
    <message>
      <source>Pin</source>
      <translation>Anheften</translation>
    </message>
    <message>
      <source>Pin the rule: {text}</source>
      <translation>Regel anheften: {text}</translation>
    </message>
    <message>
      <source>Pinned</source>
      <translation>Angeheftet</translation>
    </message>
    <message>
      <source>Pinned, banned, own</source>
      <translation>Angeheftet, gesperrt, eigene</translation>
    </message>
    <message>
      <source>Pinned: it is in every reply with guidance.</source>
      <translation>Angeheftet: in jeder Antwort mit Vorgaben.</translation>
    </message>
    <message>
      <source>Place and size of the window, as it was left</source>
      <translation>Ort und Größe des Fensters, wie es verlassen wurde</translation>
    </message>
    <message>
      <source>Places found</source>
      <translation>Gefundene Stellen</translation>
    </message>
    <message>
      <source>Polite and formal</source>
      <translation>Höflich und förmlich</translation>
    </message>
    <message>
      <source>Premium-embed</source>
      <translation>Premium-Embed</translation>
    </message>
    <message>
      <source>Premium-prompt</source>
      <translation>Premium-Prompt</translation>
    </message>
    <message>
      <source>Press it</source>
      <translation>Sie drücken</translation>
    </message>
    <message>
      <source>Previous reply</source>
      <translation>Vorige Antwort</translation>
    </message>
    <message>
      <source>Print “{title}”</source>
      <translation>„{title}“ drucken</translation>
    </message>
    <message>
      <source>Print…</source>
      <translation>Drucken…</translation>
    </message>
    <message>
      <source>Probably in part, though it may differ by trade and country, and figures from the last few years need not hold.</source>
      <translation>Wahrscheinlich zum Teil, auch wenn es je nach Beruf und Land verschieden sein kann und Zahlen der letzten Jahre nicht weiter gelten müssen.</translation>
    </message>
    <message>
      <source>Profile</source>
      <translation>Profil</translation>
    </message>
    <message>
      <source>Profile {profile}</source>
      <translation>Profil {profile}</translation>
    </message>
    <message>
      <source>Prompts</source>
      <translation>Prompts</translation>
    </message>
    <message>
      <source>Put a text file into this message…</source>
      <translation>Textdatei in diese Nachricht einfügen…</translation>
    </message>
    <message>
      <source>Put the prompt that did best on similar queries into one reply (learned by `learn --only prompts`, which takes minutes; each reply starts a few hundredths of a second later)</source>
      <translation>Den Prompt, der bei ähnlichen Fragen am besten war, in eine Antwort geben (gelernt mit `learn --only prompts`, das dauert Minuten; jede Antwort beginnt einige Hundertstelsekunden später)</translation>
    </message>
    <message>
      <source>Put the replies in order as if they had just been written, and I learn from it. Skip what you have no opinion on; it does not come back. “Later” leaves it for another time.</source>
      <translation>Die Antworten ordnen, als wären sie eben geschrieben worden; ich lerne daraus. Was egal ist, überspringen; es kommt nicht wieder. „Später“ lässt es für ein andermal.</translation>
    </message>
    <message>
      <source>Put the texts of my queries, replies and snippets in as well</source>
      <translation>Auch die Texte meiner Fragen, Antworten und Textbausteine hineinlegen</translation>
    </message>
    <message>
      <source>Questions of the interview</source>
      <translation>Fragen des Interviews</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Rank a few replies, and I will say how well I guess your order.</source>
      <translation>Nach einigen Rangfolgen sage ich, wie gut ich die Reihenfolge errate.</translation>
    </message>
    <message>
      <source>Rank all replies, where only the best is shown</source>
      <translation>Alle Antworten ordnen, wo nur die beste gezeigt wird</translation>
    </message>
    <message>
      <source>Rank all {count}</source>
      <translation>Alle {count} ordnen</translation>
    </message>
    <message>
      <source>Rank the replies first; what each was written with is shown then.</source>
      <translation>Erst die Antworten ordnen; dann erscheint, womit jede geschrieben wurde.</translation>
    </message>
    <message>
      <source>Rank what was left unranked</source>
      <translation>Ordnen, was ungeordnet blieb</translation>
    </message>
    <message>
      <source>Ranking the replies</source>
      <translation>Beim Ordnen der Antworten</translation>
    </message>
    <message>
      <source>Rankings asked for in a day; after that, one reply is written for each query (0: no limit)</source>
      <translation>So viele Rangfolgen am Tag werden erbeten; danach wird je Frage eine Antwort geschrieben (0: ohne Grenze)</translation>
    </message>
    <message>
      <source>Rankings behind {tag}</source>
      <translation>Rangfolgen hinter {tag}</translation>
    </message>
    <message>
      <source>Rankings behind: {text}</source>
      <translation>Rangfolgen dahinter: {text}</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Remove the rule: {text}</source>
      <translation>Regel entfernen: {text}</translation>
    </message>
    <message>
      <source>Remove the server and its key</source>
      <translation>Server und Schlüssel entfernen</translation>
    </message>
    <message>
      <source>Remove the tag {name}</source>
      <translation>Merkmal {name} entfernen</translation>
    </message>
    <message>
      <source>Remove {name}</source>
      <translation>{name} entfernen</translation>
    </message>
    <message>
      <source>Removed</source>
      <translation>Entfernt</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>Rename the conversation</source>
      <translation>Unterhaltung umbenennen</translation>
    </message>
    <message>
      <source>Rename…	F2</source>
      <translation>Umbenennen…	F2</translation>
    </message>
    <message>
      <source>Repair it, if the repair costs less than half of a new one. A new battery and a faster disk usually give three more years.</source>
      <translation>Reparieren, wenn es weniger als die Hälfte eines neuen kostet. Ein neuer Akku und eine schnellere Platte bringen meist drei weitere Jahre.</translation>
    </message>
    <message>
      <source>Replace forgets every ranking of yours first, after a backup of the data file; removing the import brings all of it back.</source>
      <translation>Ersetzen vergisst zuerst alle eigenen Rangfolgen, nachdem die Datendatei gesichert wurde; wird der Import entfernt, ist alles wieder da.</translation>
    </message>
    <message>
      <source>Replace what is here</source>
      <translation>Vorhandenes ersetzen</translation>
    </message>
    <message>
      <source>Replies</source>
      <translation>Antworten</translation>
    </message>
    <message>
      <source>Replies and learning</source>
      <translation>Antworten und Lernen</translation>
    </message>
    <message>
      <source>Replies and learning are computed on the processor; no graphics card is used.</source>
      <translation>Antworten und Lernen werden auf dem Prozessor berechnet; keine Grafikkarte wird benutzt.</translation>
    </message>
    <message>
      <source>Replies are being written; compare them when they are whole.</source>
      <translation>Es werden Antworten geschrieben; vergleichen, wenn sie fertig sind.</translation>
    </message>
    <message>
      <source>Replies are being written; edit them when they are whole.</source>
      <translation>Es wird gerade geschrieben; bearbeitet werden kann, was fertig ist.</translation>
    </message>
    <message>
      <source>Replies are now written by {model} at {url}: your text goes there until you switch that off.</source>
      <translation>Antworten schreibt jetzt {model} unter {url}: Der Text geht dorthin, bis das ausgeschaltet wird.</translation>
    </message>
    <message>
      <source>Replies are now written with {title}. What I have learned about you stays; only the agent trained for the other model rests until you go back.</source>
      <translation>Antworten werden jetzt mit {title} geschrieben. Was ich gelernt habe, bleibt; nur der für das andere Modell trainierte Agent ruht bis zur Rückkehr.</translation>
    </message>
    <message>
      <source>Replies are written on this computer again; nothing leaves it.</source>
      <translation>Antworten werden wieder auf diesem Computer geschrieben; nichts verlässt ihn.</translation>
    </message>
    <message>
      <source>Replies for each message</source>
      <translation>Antworten je Nachricht</translation>
    </message>
    <message>
      <source>Replies written for each query (0: three, fewer once the best one can be foretold)</source>
      <translation>Antworten je Frage (0: drei, weniger, sobald sich die beste vorhersagen lässt)</translation>
    </message>
    <message>
      <source>Reply A is best</source>
      <translation>Antwort A ist die beste</translation>
    </message>
    <message>
      <source>Reply B is best</source>
      <translation>Antwort B ist die beste</translation>
    </message>
    <message>
      <source>Reply C is best</source>
      <translation>Antwort C ist die beste</translation>
    </message>
    <message>
      <source>Reply D is best</source>
      <translation>Antwort D ist die beste</translation>
    </message>
    <message>
      <source>Reply copied</source>
      <translation>Antwort kopiert</translation>
    </message>
    <message>
      <source>Reply {letter}</source>
      <translation>Antwort {letter}</translation>
    </message>
    <message>
      <source>Reply {letter} as you want it; Ctrl+Enter saves it</source>
      <translation>Antwort {letter}, wie sie sein soll; Strg+Eingabe speichert sie</translation>
    </message>
    <message>
      <source>Reply {letter} copied</source>
      <translation>Antwort {letter} kopiert</translation>
    </message>
    <message>
      <source>Reply {letter} is best</source>
      <translation>Antwort {letter} ist die beste</translation>
    </message>
    <message>
      <source>Reply {letter}, edited by you</source>
      <translation>Antwort {letter}, von Hand bearbeitet</translation>
    </message>
    <message>
      <source>Reply {letter}, {state}</source>
      <translation>Antwort {letter}, {state}</translation>
    </message>
    <message>
      <source>Restore the newest backup</source>
      <translation>Neueste Sicherung zurückholen</translation>
    </message>
    <message>
      <source>Return</source>
      <translation>Return</translation>
    </message>
    <message>
      <source>Reword the rule: {text}</source>
      <translation>Regel umformulieren: {text}</translation>
    </message>
    <message>
      <source>Right</source>
      <translation>Rechts</translation>
    </message>
    <message>
      <source>Round before</source>
      <translation>Vorige Runde</translation>
    </message>
    <message>
      <source>Rounds you have not ranked</source>
      <translation>Ungeordnete Runden</translation>
    </message>
    <message>
      <source>Rule: “{rule}”</source>
      <translation>Regel: „{rule}“</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>Regeln</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Save for this model</source>
      <translation>Für dieses Modell speichern</translation>
    </message>
    <message>
      <source>Save, Ctrl+Enter</source>
      <translation>Speichern, Strg+Eingabe</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>Notiert</translation>
    </message>
    <message>
      <source>Saved for this model.</source>
      <translation>Für dieses Modell gespeichert.</translation>
    </message>
    <message>
      <source>Say what is uncertain</source>
      <translation>Sagen, was unsicher ist</translation>
    </message>
    <message>
      <source>Say you spend an evening at the cinema. The ticket costs ten, but you could have earned forty by working: those forty are the opportunity cost.</source>
      <translation>Angenommen, du verbringst einen Abend im Kino. Die Karte kostet zehn, aber du hättest mit Arbeit vierzig verdienen können: Diese vierzig sind die Opportunitätskosten.</translation>
    </message>
    <message>
      <source>Search    Ctrl+K</source>
      <translation>Suchen    Strg+K</translation>
    </message>
    <message>
      <source>Search conversations</source>
      <translation>Unterhaltungen durchsuchen</translation>
    </message>
    <message>
      <source>Search titles, queries and replies</source>
      <translation>Titel, Fragen und Antworten durchsuchen</translation>
    </message>
    <message>
      <source>Send</source>
      <translation>Senden</translation>
    </message>
    <message>
      <source>Sentences that the model may be given. One that I found is used only while it predicts rankings that it was not found in better than chance.</source>
      <translation>Sätze, die das Modell bekommen kann. Eine gefundene Regel wird nur verwendet, solange sie Rangfolgen, aus denen sie nicht stammt, besser als der Zufall vorhersagt.</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Settings of this model</source>
      <translation>Einstellungen dieses Modells</translation>
    </message>
    <message>
      <source>Settings of {title}</source>
      <translation>Einstellungen von {title}</translation>
    </message>
    <message>
      <source>Settings, Control comma</source>
      <translation>Einstellungen, Steuerung Komma</translation>
    </message>
    <message>
      <source>Several options to choose from</source>
      <translation>Mehrere zur Auswahl</translation>
    </message>
    <message>
      <source>Share of pairs guessed right in the last {window} rankings, with its 95 % interval; dashed: the same with nothing learned about you.</source>
      <translation>Anteil richtig erratener Paare in den letzten {window} Rangfolgen, mit seinem 95-%-Bereich; gestrichelt: dasselbe ohne Gelerntes.</translation>
    </message>
    <message>
      <source>Share of queries with one reply that has no guidance, once guidance helps (0: all have some)</source>
      <translation>Anteil der Fragen mit einer Antwort ohne Vorgaben, sobald Vorgaben helfen (0: alle haben welche)</translation>
    </message>
    <message>
      <source>Shift</source>
      <translation>Umschalt</translation>
    </message>
    <message>
      <source>Should a reply ask you something back?</source>
      <translation>Soll eine Antwort zurückfragen?</translation>
    </message>
    <message>
      <source>Show Attune</source>
      <translation>Attune zeigen</translation>
    </message>
    <message>
      <source>Show all replies</source>
      <translation>Alle Antworten zeigen</translation>
    </message>
    <message>
      <source>Show only the best</source>
      <translation>Nur die beste zeigen</translation>
    </message>
    <message>
      <source>Show only the reply you would probably prefer (two are written at least; you can still rank them)</source>
      <translation>Nur die Antwort zeigen, die wohl am besten gefällt (mindestens zwei werden geschrieben; ordnen lassen sie sich weiterhin)</translation>
    </message>
    <message>
      <source>Show or hide the conversations</source>
      <translation>Unterhaltungen ein- oder ausblenden</translation>
    </message>
    <message>
      <source>Show rankings</source>
      <translation>Rangfolgen</translation>
    </message>
    <message>
      <source>Show some sympathy first</source>
      <translation>Erst etwas Mitgefühl zeigen</translation>
    </message>
    <message>
      <source>Show the conversations, Control B</source>
      <translation>Unterhaltungen zeigen, Steuerung B</translation>
    </message>
    <message>
      <source>Show the model replies you ranked first for similar queries (the replies start up to half a second later)</source>
      <translation>Dem Modell Antworten zeigen, die bei ähnlichen Fragen vorn standen (die Antworten beginnen bis zu einer halben Sekunde später)</translation>
    </message>
    <message>
      <source>Show the other questions</source>
      <translation>Übrige Fragen zeigen</translation>
    </message>
    <message>
      <source>Show the questions</source>
      <translation>Fragen zeigen</translation>
    </message>
    <message>
      <source>Show the version after of the last query</source>
      <translation>Die nächste Fassung der letzten Frage zeigen</translation>
    </message>
    <message>
      <source>Show the version before of the last query</source>
      <translation>Die vorige Fassung der letzten Frage zeigen</translation>
    </message>
    <message>
      <source>Size of text</source>
      <translation>Größe des Textes</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>Egal</translation>
    </message>
    <message>
      <source>Skip all of this</source>
      <translation>Alles auslassen</translation>
    </message>
    <message>
      <source>Skip all of this, Escape</source>
      <translation>Alles auslassen, Escape</translation>
    </message>
    <message>
      <source>Skip ranking</source>
      <translation>Ordnen auslassen</translation>
    </message>
    <message>
      <source>Skip: {text}</source>
      <translation>Auslassen: {text}</translation>
    </message>
    <message>
      <source>Skipped</source>
      <translation>Ausgelassen</translation>
    </message>
    <message>
      <source>Smaller text</source>
      <translation>Kleinerer Text</translation>
    </message>
    <message>
      <source>Snippets</source>
      <translation>Textbausteine</translation>
    </message>
    <message>
      <source>Snippets, at the start of a message</source>
      <translation>Textbausteine, am Anfang einer Nachricht</translation>
    </message>
    <message>
      <source>So the left draws you; I leave that out of what I take for your taste.</source>
      <translation>Die linke Seite zieht also an; aus dem, was ich für Geschmack halte, rechne ich das heraus.</translation>
    </message>
    <message>
      <source>So the right draws you; I leave that out of what I take for your taste.</source>
      <translation>Die rechte Seite zieht also an; aus dem, was ich für Geschmack halte, rechne ich das heraus.</translation>
    </message>
    <message>
      <source>Some of these hold for this model only.</source>
      <translation>Einige davon gelten nur für dieses Modell.</translation>
    </message>
    <message>
      <source>Something went wrong inside Attune ({error}); what was saved is safe, try again.</source>
      <translation>In Attune ging etwas schief ({error}); Gespeichertes ist sicher, bitte noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Space</source>
      <translation>Leertaste</translation>
    </message>
    <message>
      <source>Start new</source>
      <translation>Neu beginnen</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Stopp</translation>
    </message>
    <message>
      <source>Stop learning</source>
      <translation>Lernen beenden</translation>
    </message>
    <message>
      <source>Stop reply {letter}</source>
      <translation>Antwort {letter} anhalten</translation>
    </message>
    <message>
      <source>Stop writing</source>
      <translation>Schreiben anhalten</translation>
    </message>
    <message>
      <source>Stopped.</source>
      <translation>Angehalten.</translation>
    </message>
    <message>
      <source>Style</source>
      <translation>Stil</translation>
    </message>
    <message>
      <source>Styles</source>
      <translation>Stile</translation>
    </message>
    <message>
      <source>Styles put into a prompt</source>
      <translation>Stile in einem Prompt</translation>
    </message>
    <message>
      <source>Sure! It's just a word for a thing, like dog, pizza or happiness. If you can put “the” in front, you've got one.</source>
      <translation>Klar! Das ist einfach ein Wort für ein Ding, wie Hund, Pizza oder Glück. Passt „der“, „die“ oder „das“ davor, ist es eins.</translation>
    </message>
    <message>
      <source>Switch on</source>
      <translation>Einschalten</translation>
    </message>
    <message>
      <source>Switch on the agent of {when}</source>
      <translation>Den Agenten vom {when} einschalten</translation>
    </message>
    <message>
      <source>Switches</source>
      <translation>Schalter</translation>
    </message>
    <message>
      <source>System</source>
      <translation>System</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Merkmale</translation>
    </message>
    <message>
      <source>Tags (premium-embed)</source>
      <translation>Merkmale (premium-embed)</translation>
    </message>
    <message>
      <source>Tags and taste are up to date after every ranking. Rules and the agent are learned by themselves when enough new rankings have gathered and you have been quiet for a minute; prompts too, if the settings use them.</source>
      <translation>Merkmale und Geschmack sind nach jeder Rangfolge auf dem neuesten Stand. Regeln und der Agent werden von selbst gelernt, wenn genug neue Rangfolgen da sind und eine Minute lang Ruhe war; Prompts ebenso, wenn die Einstellungen sie verwenden.</translation>
    </message>
    <message>
      <source>Tags, rules, prompts and an agent that came with it are marked on their pages.</source>
      <translation>Merkmale, Regeln, Prompts und ein Agent daraus sind auf ihren Seiten gekennzeichnet.</translation>
    </message>
    <message>
      <source>Take all answers back</source>
      <translation>Alle Antworten zurücknehmen</translation>
    </message>
    <message>
      <source>Take back what came with profile {profile}</source>
      <translation>Zurücknehmen, was mit Profil {profile} kam</translation>
    </message>
    <message>
      <source>Take the order back</source>
      <translation>Reihenfolge zurücknehmen</translation>
    </message>
    <message>
      <source>Take the ranking back</source>
      <translation>Die Rangfolge zurücknehmen</translation>
    </message>
    <message>
      <source>Taken back</source>
      <translation>Zurückgenommen</translation>
    </message>
    <message>
      <source>Taken back: nothing learned from that ranking counts.</source>
      <translation>Zurückgenommen: Was aus dieser Rangfolge gelernt wurde, zählt nicht mehr.</translation>
    </message>
    <message>
      <source>Taste in texts</source>
      <translation>Textgeschmack</translation>
    </message>
    <message>
      <source>Tell when a long reply or learning has ended while you are in another window</source>
      <translation>Melden, wenn eine lange Antwort oder das Lernen fertig ist, während ein anderes Fenster benutzt wird</translation>
    </message>
    <message>
      <source>Tells your profile from others' (made at the first export)</source>
      <translation>Unterscheidet das eigene Profil von anderen (entsteht beim ersten Export)</translation>
    </message>
    <message>
      <source>Temporary chat</source>
      <translation>Temporärer Chat</translation>
    </message>
    <message>
      <source>Temporary chat	Ctrl+Shift+N</source>
      <translation>Temporärer Chat	Strg+Umschalt+N</translation>
    </message>
    <message>
      <source>Temporary chat: not kept, not learned from</source>
      <translation>Temporärer Chat: nicht aufbewahrt, nicht zum Lernen</translation>
    </message>
    <message>
      <source>Temporary: leave and forget</source>
      <translation>Temporär: verlassen und vergessen</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>Text</translation>
    </message>
    <message>
      <source>Text files (*)</source>
      <translation>Textdateien (*)</translation>
    </message>
    <message>
      <source>Text of the usual size</source>
      <translation>Text in üblicher Größe</translation>
    </message>
    <message>
      <source>Texts you use often. In a message, “/” and the name puts one in.</source>
      <translation>Oft gebrauchte Texte. In einer Nachricht fügt „/“ mit dem Namen einen ein.</translation>
    </message>
    <message>
      <source>That is no clear pull to either side.</source>
      <translation>Das ist kein deutlicher Zug zu einer Seite.</translation>
    </message>
    <message>
      <source>That was the last one.</source>
      <translation>Das war die letzte.</translation>
    </message>
    <message numerus="yes">
      <source>The agent in use gets {after:.0f} % of the pairs in %n held-out rankings right, the one before it {before:.0f} %.</source>
      <translation>
        <numerusform>Der benutzte Agent liegt bei {after:.0f} % der Paare in %n zurückgelegten Rangfolge richtig, der vorige bei {before:.0f} %.</numerusform>
        <numerusform>Der benutzte Agent liegt bei {after:.0f} % der Paare in %n zurückgelegten Rangfolgen richtig, der vorige bei {before:.0f} %.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The agent in use was judged on %n held-out rankings: too few.</source>
      <translation>
        <numerusform>Der benutzte Agent wurde an %n zurückgelegten Rangfolge geprüft: zu wenig.</numerusform>
        <numerusform>Der benutzte Agent wurde an %n zurückgelegten Rangfolgen geprüft: zu wenig.</numerusform>
      </translation>
    </message>
    <message>
      <source>The agent is being tested; you can go on meanwhile.</source>
      <translation>Der Agent wird geprüft; unterdessen kann es weitergehen.</translation>
    </message>
    <message>
      <source>The agent of {when} is in use.</source>
      <translation>Der Agent vom {when} ist in Benutzung.</translation>
    </message>
    <message>
      <source>The agent stays off. {reason}</source>
      <translation>Der Agent bleibt ausgeschaltet. {reason}</translation>
    </message>
    <message>
      <source>The agent that came with the profile is in use. {reason}</source>
      <translation>Der Agent, der mit dem Profil kam, ist in Benutzung. {reason}</translation>
    </message>
    <message>
      <source>The agent writes rules for each query. A new version comes into use only if it does better on rankings it never saw; while it is on trial, live replies decide. One that came with a profile is off until you switch it on, and passes the same test.</source>
      <translation>Der Agent schreibt Regeln für jede Frage. Eine neue Fassung wird nur benutzt, wenn sie Rangfolgen besser trifft, die sie nie gesehen hat; während sie auf Probe ist, entscheiden die Antworten im Gebrauch. Eine, die mit einem Profil kam, ist aus, bis sie eingeschaltet wird, und muss dieselbe Prüfung bestehen.</translation>
    </message>
    <message>
      <source>The agent's versions</source>
      <translation>Fassungen des Agenten</translation>
    </message>
    <message>
      <source>The copy is {copy}.</source>
      <translation>Die Kopie ist {copy}.</translation>
    </message>
    <message numerus="yes">
      <source>The course over time is shown from {window} rankings with an expected order on; %n rankings to go.</source>
      <translation>
        <numerusform>Der Verlauf erscheint ab {window} Rangfolgen mit erwarteter Reihenfolge; %n Rangfolge fehlt.</numerusform>
        <numerusform>Der Verlauf erscheint ab {window} Rangfolgen mit erwarteter Reihenfolge; %n Rangfolgen fehlen.</numerusform>
      </translation>
    </message>
    <message>
      <source>The data file is not sound; not copied.</source>
      <translation>Die Datendatei ist nicht in Ordnung; nicht kopiert.</translation>
    </message>
    <message>
      <source>The file {file} cannot be written ({strerror}); choose another place.</source>
      <translation>Die Datei {file} kann nicht geschrieben werden ({strerror}); einen anderen Ort wählen.</translation>
    </message>
    <message>
      <source>The first query</source>
      <translation>Die erste Frage</translation>
    </message>
    <message>
      <source>The general principle</source>
      <translation>Das allgemeine Prinzip</translation>
    </message>
    <message>
      <source>The general settings hold for this model again.</source>
      <translation>Für dieses Modell gelten wieder die allgemeinen Einstellungen.</translation>
    </message>
    <message>
      <source>The green pigment breaks down as days get shorter, and red ones that protect the leaf show instead.</source>
      <translation>Das grüne Pigment zerfällt, wenn die Tage kürzer werden, und stattdessen sieht man rote, die das Blatt schützen.</translation>
    </message>
    <message>
      <source>The last 30 days</source>
      <translation>Die letzten 30 Tage</translation>
    </message>
    <message>
      <source>The last 7 days</source>
      <translation>Die letzten 7 Tage</translation>
    </message>
    <message>
      <source>The last run: {part}: {reason}.</source>
      <translation>Der letzte Lauf: {part}: {reason}.</translation>
    </message>
    <message>
      <source>The line is worn out and shows nothing particular. Name one thing that only your narrator would notice about this rain.</source>
      <translation>Die Zeile ist abgenutzt und zeigt nichts Bestimmtes. Nenne etwas, das nur deinem Erzähler an diesem Regen auffiele.</translation>
    </message>
    <message>
      <source>The model sees {count} at once.</source>
      <translation>Das Modell sieht {count} auf einmal.</translation>
    </message>
    <message>
      <source>The model that writes</source>
      <translation>Das Modell, das schreibt</translation>
    </message>
    <message>
      <source>The old version stays.</source>
      <translation>Die alte Fassung bleibt.</translation>
    </message>
    <message>
      <source>The oldest turns will be left out.</source>
      <translation>Die ältesten Beiträge fallen weg.</translation>
    </message>
    <message>
      <source>The pages of the first start were shown</source>
      <translation>Die Seiten des ersten Starts wurden gezeigt</translation>
    </message>
    <message>
      <source>The prompt is never used now.</source>
      <translation>Der Prompt wird jetzt nie benutzt.</translation>
    </message>
    <message>
      <source>The replies are written</source>
      <translation>Die Antworten sind geschrieben</translation>
    </message>
    <message>
      <source>The replies are written.</source>
      <translation>Die Antworten sind geschrieben.</translation>
    </message>
    <message>
      <source>The replies are written; reply {best} is shown</source>
      <translation>Die Antworten sind geschrieben; Antwort {best} wird gezeigt</translation>
    </message>
    <message numerus="yes">
      <source>The reply I expected to come first did so in {share:.0f} % of %n rankings; I had been {said:.0f} % sure on average.</source>
      <translation>
        <numerusform>Die zuerst erwartete Antwort wurde bei {share:.0f} % von %n Rangfolge die erste; erwartet war das zu {said:.0f} %.</numerusform>
        <numerusform>Die zuerst erwartete Antwort wurde bei {share:.0f} % von %n Rangfolgen die erste; erwartet war das im Mittel zu {said:.0f} %.</numerusform>
      </translation>
    </message>
    <message>
      <source>The reply without what I have learned is written</source>
      <translation>Die Antwort ohne Gelerntes ist geschrieben</translation>
    </message>
    <message numerus="yes">
      <source>The rules in use were right in {right:.0f} of %n held-out pairs ({share:.0f} %); without rules it would be 50 %.</source>
      <translation>
        <numerusform>Die benutzten Regeln lagen bei {right:.0f} von %n zurückgelegten Paar richtig ({share:.0f} %); ohne Regeln wären es 50 %.</numerusform>
        <numerusform>Die benutzten Regeln lagen bei {right:.0f} von %n zurückgelegten Paaren richtig ({share:.0f} %); ohne Regeln wären es 50 %.</numerusform>
      </translation>
    </message>
    <message>
      <source>The same query and the same chance, without any guidance. This is only to compare: it is not kept, it is not part of the conversation, and nothing is learned from it.</source>
      <translation>Dieselbe Frage und derselbe Zufall, ohne Vorgaben. Nur zum Vergleich: Es wird nicht aufbewahrt, gehört nicht zur Unterhaltung, und nichts wird daraus gelernt.</translation>
    </message>
    <message>
      <source>The server and its key are forgotten; replies are written on this computer.</source>
      <translation>Server und Schlüssel sind vergessen; Antworten werden auf diesem Computer geschrieben.</translation>
    </message>
    <message>
      <source>The single best one</source>
      <translation>Die eine beste</translation>
    </message>
    <message>
      <source>The tags and the taste in texts follow from your rankings alone: to change them, take a ranking back where you made it.</source>
      <translation>Merkmale und Textgeschmack folgen allein aus den Rangfolgen: Um sie zu ändern, eine Rangfolge dort zurücknehmen, wo sie entstand.</translation>
    </message>
    <message>
      <source>The terms of the field</source>
      <translation>Die Fachbegriffe</translation>
    </message>
    <message>
      <source>The way of choosing tags that is set does not measure it.</source>
      <translation>Das eingestellte Verfahren zur Wahl der Merkmale misst das nicht.</translation>
    </message>
    <message>
      <source>There is no model to write with yet; see the note above.</source>
      <translation>Noch gibt es kein Modell zum Schreiben; siehe den Hinweis oben.</translation>
    </message>
    <message>
      <source>These are the general settings; change one, and it holds for this model only.</source>
      <translation>Das sind die allgemeinen Einstellungen; eine geänderte gilt nur für dieses Modell.</translation>
    </message>
    <message>
      <source>These keys</source>
      <translation>Diese Tasten</translation>
    </message>
    <message>
      <source>These rankings were taken back.</source>
      <translation>Diese Rangfolgen wurden zurückgenommen.</translation>
    </message>
    <message>
      <source>They use their paws to examine whether an object moves like prey, and they learn quickly that it gets a person's attention.</source>
      <translation>Mit den Pfoten prüfen sie, ob sich ein Gegenstand wie Beute bewegt, und sie lernen schnell, dass man ihnen dann Beachtung schenkt.</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Dieser Computer</translation>
    </message>
    <message>
      <source>This conversation ({keys})</source>
      <translation>Diese Unterhaltung ({keys})</translation>
    </message>
    <message>
      <source>This conversation is kept out of learning (see ⋯). </source>
      <translation>Aus dieser Unterhaltung wird nicht gelernt (siehe ⋯). </translation>
    </message>
    <message>
      <source>This conversation, Control M</source>
      <translation>Diese Unterhaltung, Steuerung M</translation>
    </message>
    <message>
      <source>This is the copy; the chat it was made from is as it was.</source>
      <translation>Dies ist die Kopie; der Chat, aus dem sie entstand, ist, wie er war.</translation>
    </message>
    <message>
      <source>This link leaves Attune and opens in your browser:</source>
      <translation>Dieser Link verlässt Attune und öffnet sich im Browser:</translation>
    </message>
    <message>
      <source>This reply was written without guidance as well, so both should be alike.</source>
      <translation>Auch diese Antwort wurde ohne Vorgaben geschrieben, beide sollten also gleich sein.</translation>
    </message>
    <message>
      <source>Those went to the server of your own that you switched on.</source>
      <translation>Diese gingen an den eigenen, eingeschalteten Server.</translation>
    </message>
    <message>
      <source>Threads for writing (0: one per core)</source>
      <translation>Threads zum Schreiben (0: einer je Kern)</translation>
    </message>
    <message>
      <source>Tie</source>
      <translation>Gleich</translation>
    </message>
    <message>
      <source>Tie with the neighbour</source>
      <translation>Gleichstand mit dem Nachbarn</translation>
    </message>
    <message>
      <source>Tie with the reply before</source>
      <translation>Gleichstand mit der Antwort davor</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Heute</translation>
    </message>
    <message>
      <source>Tokens of attached documents put into a prompt, a quarter of the context at most (0: none; each hundred delay the replies by about half a second)</source>
      <translation>Tokens aus angehängten Dokumenten in einem Prompt, höchstens ein Viertel des Kontexts (0: keine; je hundert verzögern die Antworten um etwa eine halbe Sekunde)</translation>
    </message>
    <message>
      <source>Tokens the model sees at once</source>
      <translation>Tokens, die das Modell auf einmal sieht</translation>
    </message>
    <message>
      <source>Too few pairs to compare ({n} of {enough}).</source>
      <translation>Zu wenige Paare für einen Vergleich ({n} von {enough}).</translation>
    </message>
    <message>
      <source>Too few rankings to say how well I guess your order ({seen} so far).</source>
      <translation>Zu wenige Rangfolgen, um zu sagen, wie gut ich die Reihenfolge errate (bisher {seen}).</translation>
    </message>
    <message>
      <source>Training runs</source>
      <translation>Trainingsläufe</translation>
    </message>
    <message>
      <source>Trains the small model that writes rules for each query: minutes.</source>
      <translation>Trainiert das kleine Modell, das Regeln für jede Frage schreibt: Minuten.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal versuchen</translation>
    </message>
    <message>
      <source>Turn to one of its parts</source>
      <translation>Zu einem ihrer Teile</translation>
    </message>
    <message>
      <source>Type its address, such as http://localhost:8080/v1.</source>
      <translation>Die Adresse eingeben, etwa http://localhost:8080/v1.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Undo it</source>
      <translation>Rückgängig machen</translation>
    </message>
    <message>
      <source>Undo the ranking</source>
      <translation>Rangfolge rückgängig machen</translation>
    </message>
    <message>
      <source>Undo this lesson</source>
      <translation>Diese Lektion zurücknehmen</translation>
    </message>
    <message>
      <source>Unpin</source>
      <translation>Lösen</translation>
    </message>
    <message>
      <source>Up</source>
      <translation>Auf</translation>
    </message>
    <message numerus="yes">
      <source>Up to %n of the oldest turns of this chat no longer fit: the model will not see them.</source>
      <translation>
        <numerusform>Der älteste Beitrag dieses Chats passt nicht mehr hinein: Das Modell sieht ihn nicht.</numerusform>
        <numerusform>Bis zu %n der ältesten Beiträge dieses Chats passen nicht mehr hinein: Das Modell sieht sie nicht.</numerusform>
      </translation>
    </message>
    <message>
      <source>Use</source>
      <translation>Benutzen</translation>
    </message>
    <message>
      <source>Use no agent, the base model</source>
      <translation>Keinen Agenten benutzen, nur das Grundmodell</translation>
    </message>
    <message>
      <source>Use the general settings</source>
      <translation>Allgemeine Einstellungen benutzen</translation>
    </message>
    <message>
      <source>Use the previous version of the agent</source>
      <translation>Die vorige Fassung des Agenten benutzen</translation>
    </message>
    <message>
      <source>Use this server</source>
      <translation>Diesen Server benutzen</translation>
    </message>
    <message>
      <source>Use {title}</source>
      <translation>{title} benutzen</translation>
    </message>
    <message>
      <source>Use…</source>
      <translation>Benutzen…</translation>
    </message>
    <message>
      <source>Version after</source>
      <translation>Nächste Fassung</translation>
    </message>
    <message>
      <source>Version before</source>
      <translation>Vorige Fassung</translation>
    </message>
    <message>
      <source>Version {at} of {count}</source>
      <translation>Fassung {at} von {count}</translation>
    </message>
    <message>
      <source>Version {version}, licence {licence}</source>
      <translation>Version {version}, Lizenz {licence}</translation>
    </message>
    <message>
      <source>Versions</source>
      <translation>Fassungen</translation>
    </message>
    <message>
      <source>Weight after each lesson: from {began} after {first} to {now} after {last}.</source>
      <translation>Gewicht nach jeder Lektion: von {began} nach {first} bis {now} nach {last}.</translation>
    </message>
    <message>
      <source>Weight of {name}</source>
      <translation>Gewicht von {name}</translation>
    </message>
    <message>
      <source>Welcome to Attune</source>
      <translation>Willkommen bei Attune</translation>
    </message>
    <message>
      <source>What I have learned</source>
      <translation>Was ich gelernt habe</translation>
    </message>
    <message>
      <source>What I have learned about you</source>
      <translation>Was ich gelernt habe</translation>
    </message>
    <message>
      <source>What I think you like in a text</source>
      <translation>Was an einem Text gefällt, wie ich glaube</translation>
    </message>
    <message>
      <source>What a reply is told, such as “Draw on sailing.”</source>
      <translation>Was einer Antwort gesagt wird, etwa „Draw on sailing.“</translation>
    </message>
    <message>
      <source>What can be done with this conversation</source>
      <translation>Was mit dieser Unterhaltung geht</translation>
    </message>
    <message>
      <source>What chooses the tags, from the next start on (premium-embed trains two networks: seconds after every few rankings, minutes after an undo; premium-prompt asks the chat model: seconds with every query)</source>
      <translation>Was die Merkmale wählt, ab dem nächsten Start (premium-embed trainiert zwei Netze: Sekunden nach jeweils einigen Rangfolgen, Minuten nach einer Rücknahme; premium-prompt fragt das Chatmodell: Sekunden bei jeder Frage)</translation>
    </message>
    <message>
      <source>What explains a new idea best?</source>
      <translation>Was erklärt eine neue Idee am besten?</translation>
    </message>
    <message>
      <source>What the model is told before every conversation</source>
      <translation>Was dem Modell vor jeder Unterhaltung gesagt wird</translation>
    </message>
    <message>
      <source>What was written stays, and is what I learn from.</source>
      <translation>Was geschrieben wurde, bleibt, und daraus lerne ich.</translation>
    </message>
    <message>
      <source>What would change</source>
      <translation>Was sich ändern würde</translation>
    </message>
    <message>
      <source>When something is not certain, what should a reply do?</source>
      <translation>Was soll eine Antwort tun, wenn etwas nicht sicher ist?</translation>
    </message>
    <message>
      <source>Where should the point of a reply stand?</source>
      <translation>Wo soll das Wichtigste einer Antwort stehen?</translation>
    </message>
    <message>
      <source>Where the settings use prompts, this one is used if it helps.</source>
      <translation>Wo die Einstellungen Prompts verwenden, wird dieser benutzt, wenn er hilft.</translation>
    </message>
    <message>
      <source>Whether the place on the screen sways you</source>
      <translation>Ob der Platz auf dem Bildschirm mitentscheidet</translation>
    </message>
    <message>
      <source>Which tags are listed</source>
      <translation>Welche Merkmale aufgeführt sind</translation>
    </message>
    <message>
      <source>Which tone do you like?</source>
      <translation>Welcher Ton gefällt?</translation>
    </message>
    <message>
      <source>Which words should it use?</source>
      <translation>Welche Wörter soll sie benutzen?</translation>
    </message>
    <message>
      <source>Who guesses how well</source>
      <translation>Wer wie gut rät</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Warum</translation>
    </message>
    <message>
      <source>Why these replies</source>
      <translation>Warum diese Antworten</translation>
    </message>
    <message>
      <source>Why, F4</source>
      <translation>Warum, F4</translation>
    </message>
    <message>
      <source>Wipe everything</source>
      <translation>Alles löschen</translation>
    </message>
    <message>
      <source>Wipe everything?</source>
      <translation>Alles löschen?</translation>
    </message>
    <message>
      <source>Wipe everything…</source>
      <translation>Alles löschen…</translation>
    </message>
    <message>
      <source>With both sides</source>
      <translation>Mit beiden Seiten</translation>
    </message>
    <message>
      <source>With key words in bold</source>
      <translation>Mit fetten Schlüsselwörtern</translation>
    </message>
    <message>
      <source>With one clear view</source>
      <translation>Mit einer klaren Meinung</translation>
    </message>
    <message>
      <source>Without what I have learned</source>
      <translation>Ohne Gelerntes</translation>
    </message>
    <message>
      <source>Won't fit</source>
      <translation>Passt nicht</translation>
    </message>
    <message>
      <source>Wording of the rule; Enter keeps it</source>
      <translation>Wortlaut der Regel; die Eingabetaste behält ihn</translation>
    </message>
    <message>
      <source>Would be banned: {names}.</source>
      <translation>Würde gesperrt: {names}.</translation>
    </message>
    <message>
      <source>Would be pinned: {names}.</source>
      <translation>Würde angeheftet: {names}.</translation>
    </message>
    <message>
      <source>Write a message</source>
      <translation>Nachricht schreiben</translation>
    </message>
    <message>
      <source>Write a message; this chat is not kept</source>
      <translation>Nachricht schreiben; dieser Chat wird nicht aufbewahrt</translation>
    </message>
    <message>
      <source>Write a short toast for a friend's wedding.</source>
      <translation>Schreibe einen kurzen Trinkspruch zur Hochzeit eines Freundes.</translation>
    </message>
    <message>
      <source>Write my own</source>
      <translation>Selbst schreiben</translation>
    </message>
    <message>
      <source>Write new replies to it</source>
      <translation>Neue Antworten darauf schreiben</translation>
    </message>
    <message>
      <source>Write new replies to the last query</source>
      <translation>Neue Antworten auf die letzte Frage schreiben</translation>
    </message>
    <message>
      <source>Write on this computer again</source>
      <translation>Wieder auf diesem Computer schreiben</translation>
    </message>
    <message>
      <source>Writing a message</source>
      <translation>Beim Schreiben einer Nachricht</translation>
    </message>
    <message>
      <source>Writing {count}, you will read the best</source>
      <translation>{count} werden geschrieben, zu lesen ist die beste</translation>
    </message>
    <message>
      <source>Written plainly: I know of nothing yet that you would like better.</source>
      <translation>Schlicht geschrieben: Noch ist nichts bekannt, was besser gefiele.</translation>
    </message>
    <message>
      <source>Written to find out whether you like this.</source>
      <translation>Geschrieben, um herauszufinden, ob das gefällt.</translation>
    </message>
    <message>
      <source>Written with what I know you like best.</source>
      <translation>Geschrieben mit dem, was bekanntlich am besten gefällt.</translation>
    </message>
    <message>
      <source>Written without guidance, to see whether guidance helps.</source>
      <translation>Ohne Vorgaben geschrieben, um zu sehen, ob Vorgaben helfen.</translation>
    </message>
    <message>
      <source>Yes, when it could help</source>
      <translation>Ja, wenn es helfen könnte</translation>
    </message>
    <message>
      <source>Yes. Two or three days at home a week will stay the norm for office work.</source>
      <translation>Ja. Zwei oder drei Tage zu Hause pro Woche werden für Büroarbeit üblich bleiben.</translation>
    </message>
    <message>
      <source>Yesterday</source>
      <translation>Gestern</translation>
    </message>
    <message>
      <source>You</source>
      <translation>Frage</translation>
    </message>
    <message>
      <source>You ask for a recommendation. What do you want?</source>
      <translation>Eine Empfehlung ist gefragt. Was soll kommen?</translation>
    </message>
    <message>
      <source>You can say how you like to be answered: replies keep to it from the first one on, until your choices say otherwise. Or skip this: choosing between replies teaches the same, later.</source>
      <translation>Hier lässt sich sagen, welche Antworten gefallen: Antworten halten sich von der ersten an daran, bis eine Auswahl anderes sagt. Oder überspringen: Das Auswählen von Antworten lehrt dasselbe, nur später.</translation>
    </message>
    <message>
      <source>You could make a lentil curry, a frittata with whatever vegetables you have, or noodles with peanut sauce.</source>
      <translation>Möglich wären ein Linsencurry, eine Frittata mit dem Gemüse, das da ist, oder Nudeln mit Erdnusssoße.</translation>
    </message>
    <message>
      <source>You dislike it ({number}), I am quite sure.</source>
      <translation>Es gefällt nicht ({number}), ziemlich sicher.</translation>
    </message>
    <message>
      <source>You like it ({number}), I am quite sure.</source>
      <translation>Es gefällt ({number}), ziemlich sicher.</translation>
    </message>
    <message>
      <source>You may dislike it ({number}), but I am not sure.</source>
      <translation>Vielleicht gefällt es nicht ({number}), sicher ist das nicht.</translation>
    </message>
    <message>
      <source>You may like it ({number}), but I am not sure.</source>
      <translation>Vielleicht gefällt es ({number}), sicher ist das nicht.</translation>
    </message>
    <message>
      <source>You mention a bad day. What should a reply do?</source>
      <translation>Ein schlechter Tag wird erwähnt. Was soll eine Antwort tun?</translation>
    </message>
    <message>
      <source>You see first what would change. Tags, rules and prompts that you do not have yet stay unused until you allow them, the agent until you switch it on; everything imported can be taken out again.</source>
      <translation>Zuerst wird gezeigt, was sich ändern würde. Merkmale, Regeln und Prompts, die noch nicht da sind, bleiben unbenutzt, bis sie erlaubt werden, der Agent, bis er eingeschaltet wird; alles Importierte lässt sich wieder herausnehmen.</translation>
    </message>
    <message>
      <source>You set a mood in seven words, and that is a fine start. Keep going, I'd like to know who is out in that rain.</source>
      <translation>Mit sieben Wörtern ist eine Stimmung da, und das ist ein schöner Anfang. Schreib weiter, ich wüsste gern, wer da draußen im Regen ist.</translation>
    </message>
    <message>
      <source>You show something you have made. What helps you more?</source>
      <translation>Etwas Eigenes wird gezeigt. Was hilft mehr?</translation>
    </message>
    <message>
      <source>You: {text}</source>
      <translation>Frage: {text}</translation>
    </message>
    <message>
      <source>Your data</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>Your data is in {folder}</source>
      <translation>Die Daten sind in {folder}</translation>
    </message>
    <message>
      <source>Your order</source>
      <translation>Die Reihenfolge</translation>
    </message>
    <message>
      <source>Your order: {order}</source>
      <translation>Reihenfolge: {order}</translation>
    </message>
    <message>
      <source>Your query; Enter asks it as a new version</source>
      <translation>Die Frage; die Eingabetaste stellt sie als neue Fassung</translation>
    </message>
    <message>
      <source>Your rankings change the next replies. Press to stop that.</source>
      <translation>Rangfolgen verändern die nächsten Antworten. Drücken, um das zu beenden.</translation>
    </message>
    <message>
      <source>Your tastes, if you like</source>
      <translation>Vorlieben, wenn gewünscht</translation>
    </message>
    <message numerus="yes">
      <source>about %n minutes left</source>
      <translation>
        <numerusform>noch etwa %n Minute</numerusform>
        <numerusform>noch etwa %n Minuten</numerusform>
      </translation>
    </message>
    <message>
      <source>agent</source>
      <translation>Agent</translation>
    </message>
    <message>
      <source>all bad</source>
      <translation>alle schlecht</translation>
    </message>
    <message>
      <source>an agent</source>
      <translation>ein Agent</translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>und %n weitere</numerusform>
        <numerusform>und %n weitere</numerusform>
      </translation>
    </message>
    <message>
      <source>banned</source>
      <translation>gesperrt</translation>
    </message>
    <message>
      <source>banned: in no reply from now on</source>
      <translation>gesperrt: ab jetzt in keiner Antwort</translation>
    </message>
    <message>
      <source>being written</source>
      <translation>wird geschrieben</translation>
    </message>
    <message>
      <source>both together</source>
      <translation>beides zusammen</translation>
    </message>
    <message>
      <source>came into use</source>
      <translation>wird jetzt benutzt</translation>
    </message>
    <message>
      <source>came with Attune</source>
      <translation>kam mit Attune</translation>
    </message>
    <message>
      <source>came with a profile</source>
      <translation>kam mit einem Profil</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>gewählt</translation>
    </message>
    <message>
      <source>closed folder</source>
      <translation>geschlossener Ordner</translation>
    </message>
    <message>
      <source>code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>compares texts by meaning</source>
      <translation>vergleicht Texte nach Bedeutung</translation>
    </message>
    <message>
      <source>d MMMM yyyy</source>
      <translation>d. MMMM yyyy</translation>
    </message>
    <message>
      <source>documents {count}</source>
      <translation>Dokumente {count}</translation>
    </message>
    <message>
      <source>done</source>
      <translation>fertig</translation>
    </message>
    <message>
      <source>edited by you</source>
      <translation>von Hand bearbeitet</translation>
    </message>
    <message>
      <source>eight</source>
      <translation>acht</translation>
    </message>
    <message>
      <source>eighth</source>
      <translation>achte</translation>
    </message>
    <message>
      <source>empty: it asks for none</source>
      <translation>leer: er verlangt keinen</translation>
    </message>
    <message>
      <source>empty: the only one it offers</source>
      <translation>leer: das einzige, das er anbietet</translation>
    </message>
    <message>
      <source>en_US</source>
      <translation>de_DE</translation>
    </message>
    <message>
      <source>expected to be your best</source>
      <translation>wohl die beste</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>fehlgeschlagen</translation>
    </message>
    <message>
      <source>fifth</source>
      <translation>fünfte</translation>
    </message>
    <message>
      <source>first</source>
      <translation>erste</translation>
    </message>
    <message>
      <source>five</source>
      <translation>fünf</translation>
    </message>
    <message>
      <source>four</source>
      <translation>vier</translation>
    </message>
    <message>
      <source>fourth</source>
      <translation>vierte</translation>
    </message>
    <message numerus="yes">
      <source>from %n rankings</source>
      <translation>
        <numerusform>aus %n Rangfolge</numerusform>
        <numerusform>aus %n Rangfolgen</numerusform>
      </translation>
    </message>
    <message>
      <source>from a tag you like</source>
      <translation>aus einem Merkmal, das gefällt</translation>
    </message>
    <message>
      <source>from what your rankings say about texts</source>
      <translation>aus dem, was die Rangfolgen über Texte sagen</translation>
    </message>
    <message>
      <source>goes on</source>
      <translation>geht weiter</translation>
    </message>
    <message numerus="yes">
      <source>guidance at most {count} for each of %n replies</source>
      <translation>
        <numerusform>Vorgaben höchstens {count} für die Antwort</numerusform>
        <numerusform>Vorgaben höchstens {count} für jede von %n Antworten</numerusform>
      </translation>
    </message>
    <message>
      <source>in use</source>
      <translation>in Benutzung</translation>
    </message>
    <message>
      <source>in use, on trial</source>
      <translation>in Benutzung, auf Probe</translation>
    </message>
    <message>
      <source>in your words</source>
      <translation>in eigenen Worten</translation>
    </message>
    <message>
      <source>in {folder}</source>
      <translation>in {folder}</translation>
    </message>
    <message>
      <source>in {probability:.0f} % of guided replies</source>
      <translation>in {probability:.0f} % der Antworten mit Vorgaben</translation>
    </message>
    <message>
      <source>interest</source>
      <translation>Interesse</translation>
    </message>
    <message>
      <source>interrupted</source>
      <translation>unterbrochen</translation>
    </message>
    <message>
      <source>interrupted; goes on when it is quiet</source>
      <translation>unterbrochen; geht weiter, wenn es ruhig ist</translation>
    </message>
    <message>
      <source>its model</source>
      <translation>sein Modell</translation>
    </message>
    <message>
      <source>its only model</source>
      <translation>sein einziges Modell</translation>
    </message>
    <message>
      <source>its own chat template</source>
      <translation>eigene Chatvorlage</translation>
    </message>
    <message>
      <source>learned: {part}</source>
      <translation>gelernt: {part}</translation>
    </message>
    <message>
      <source>learning</source>
      <translation>lernt</translation>
    </message>
    <message>
      <source>learning: {part}</source>
      <translation>lernt: {part}</translation>
    </message>
    <message>
      <source>less than a minute left</source>
      <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
      <source>licence</source>
      <translation>Lizenz</translation>
    </message>
    <message>
      <source>licence not stated</source>
      <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
      <source>licence {licence}</source>
      <translation>Lizenz {licence}</translation>
    </message>
    <message>
      <source>loading the model</source>
      <translation>lädt das Modell</translation>
    </message>
    <message>
      <source>mostly from your rankings</source>
      <translation>vor allem aus den Rangfolgen</translation>
    </message>
    <message>
      <source>mostly what people in general prefer</source>
      <translation>vor allem das, was Menschen allgemein vorziehen</translation>
    </message>
    <message>
      <source>needs {needed:.1f} of {available:.1f} GB free memory</source>
      <translation>braucht {needed:.1f} von {available:.1f} GB freiem Speicher</translation>
    </message>
    <message>
      <source>network: none</source>
      <translation>Netz: keines</translation>
    </message>
    <message>
      <source>network: your server writes</source>
      <translation>Netz: der eigene Server schreibt</translation>
    </message>
    <message>
      <source>no chat template: a plain one is used</source>
      <translation>keine Chatvorlage: eine einfache wird benutzt</translation>
    </message>
    <message>
      <source>no model</source>
      <translation>kein Modell</translation>
    </message>
    <message>
      <source>no tags, no rules</source>
      <translation>keine Merkmale, keine Regeln</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keiner</translation>
    </message>
    <message>
      <source>none of your rankings yet</source>
      <translation>noch keine Rangfolge</translation>
    </message>
    <message>
      <source>not counted yet</source>
      <translation>noch nicht gezählt</translation>
    </message>
    <message>
      <source>not learned from</source>
      <translation>nicht zum Lernen</translation>
    </message>
    <message>
      <source>not open</source>
      <translation>nicht offen</translation>
    </message>
    <message>
      <source>not ranked</source>
      <translation>nicht geordnet</translation>
    </message>
    <message>
      <source>not reviewed yet</source>
      <translation>noch nicht geprüft</translation>
    </message>
    <message>
      <source>not sure yet</source>
      <translation>noch nicht sicher</translation>
    </message>
    <message>
      <source>not tried yet</source>
      <translation>noch nicht erprobt</translation>
    </message>
    <message>
      <source>not used: held-out rankings do not bear it out yet</source>
      <translation>nicht benutzt: an zurückgelegten Rangfolgen noch nicht bewährt</translation>
    </message>
    <message>
      <source>not written</source>
      <translation>nicht geschrieben</translation>
    </message>
    <message>
      <source>nothing learned about you</source>
      <translation>nichts Gelerntes</translation>
    </message>
    <message>
      <source>one</source>
      <translation>einer</translation>
    </message>
    <message>
      <source>open folder</source>
      <translation>offener Ordner</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>paused: {part}</source>
      <translation>angehalten: {part}</translation>
    </message>
    <message>
      <source>pinned</source>
      <translation>angeheftet</translation>
    </message>
    <message>
      <source>pinned: always used</source>
      <translation>angeheftet: immer benutzt</translation>
    </message>
    <message>
      <source>pinned: in every reply with guidance from now on</source>
      <translation>angeheftet: ab jetzt in jeder Antwort mit Vorgaben</translation>
    </message>
    <message>
      <source>prompts</source>
      <translation>Prompts</translation>
    </message>
    <message>
      <source>reading</source>
      <translation>liest</translation>
    </message>
    <message>
      <source>refused, what was in use stays</source>
      <translation>abgelehnt, das Benutzte bleibt</translation>
    </message>
    <message>
      <source>replies you liked</source>
      <translation>Antworten, die gefielen</translation>
    </message>
    <message>
      <source>resting</source>
      <translation>ruht</translation>
    </message>
    <message>
      <source>resting · learns when you pause</source>
      <translation>ruht · lernt in Pausen</translation>
    </message>
    <message numerus="yes">
      <source>right in {right} of %n held-out pairs</source>
      <translation>
        <numerusform>richtig bei {right} von %n zurückgelegten Paar</numerusform>
        <numerusform>richtig bei {right} von %n zurückgelegten Paaren</numerusform>
      </translation>
    </message>
    <message>
      <source>rolled back</source>
      <translation>zurückgenommen</translation>
    </message>
    <message>
      <source>rules</source>
      <translation>Regeln</translation>
    </message>
    <message>
      <source>running, or cut off</source>
      <translation>läuft oder abgebrochen</translation>
    </message>
    <message numerus="yes">
      <source>score {score:.0f} % on %n past queries</source>
      <translation>
        <numerusform>Wert {score:.0f} % bei %n früheren Frage</numerusform>
        <numerusform>Wert {score:.0f} % bei %n früheren Fragen</numerusform>
      </translation>
    </message>
    <message>
      <source>second</source>
      <translation>zweite</translation>
    </message>
    <message>
      <source>sees up to {count} tokens</source>
      <translation>sieht bis zu {count} Tokens</translation>
    </message>
    <message>
      <source>seven</source>
      <translation>sieben</translation>
    </message>
    <message>
      <source>seventh</source>
      <translation>siebte</translation>
    </message>
    <message>
      <source>six</source>
      <translation>sechs</translation>
    </message>
    <message>
      <source>sixth</source>
      <translation>sechste</translation>
    </message>
    <message>
      <source>starting</source>
      <translation>startet</translation>
    </message>
    <message>
      <source>stood its trial</source>
      <translation>Probe bestanden</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>stopped before its end</source>
      <translation>vor dem Ende angehalten</translation>
    </message>
    <message>
      <source>style</source>
      <translation>Stil</translation>
    </message>
    <message>
      <source>sure</source>
      <translation>sicher</translation>
    </message>
    <message>
      <source>tags</source>
      <translation>Merkmale</translation>
    </message>
    <message>
      <source>taste in texts</source>
      <translation>Textgeschmack</translation>
    </message>
    <message>
      <source>the agent</source>
      <translation>der Agent</translation>
    </message>
    <message>
      <source>the manner of a reply</source>
      <translation>die Art einer Antwort</translation>
    </message>
    <message>
      <source>the tags of a reply and what it is about</source>
      <translation>die Merkmale einer Antwort und wovon sie handelt</translation>
    </message>
    <message>
      <source>third</source>
      <translation>dritte</translation>
    </message>
    <message>
      <source>this message {count}</source>
      <translation>diese Nachricht {count}</translation>
    </message>
    <message>
      <source>three</source>
      <translation>drei</translation>
    </message>
    <message>
      <source>two</source>
      <translation>zwei</translation>
    </message>
    <message>
      <source>used</source>
      <translation>benutzt</translation>
    </message>
    <message>
      <source>waiting…</source>
      <translation>wartet…</translation>
    </message>
    <message>
      <source>weight {weight} ± {sd:.2f}</source>
      <translation>Gewicht {weight} ± {sd:.2f}</translation>
    </message>
    <message>
      <source>worded by the chat model from your best and worst replies</source>
      <translation>vom Chatmodell aus den besten und schlechtesten Antworten formuliert</translation>
    </message>
    <message>
      <source>writes replies</source>
      <translation>schreibt Antworten</translation>
    </message>
    <message>
      <source>writing</source>
      <translation>schreibt</translation>
    </message>
    <message>
      <source>writing…</source>
      <translation>schreibt…</translation>
    </message>
    <message>
      <source>written with: {parts}</source>
      <translation>geschrieben mit: {parts}</translation>
    </message>
    <message>
      <source>wrote {speed:.0f} tokens a second here</source>
      <translation>schrieb hier {speed:.0f} Tokens pro Sekunde</translation>
    </message>
    <message>
      <source>your own</source>
      <translation>eigene</translation>
    </message>
    <message numerus="yes">
      <source>{after:.0f} % of pairs right in %n held-out rankings, {before:.0f} % before</source>
      <translation>
        <numerusform>{after:.0f} % der Paare in %n zurückgelegten Rangfolge richtig, vorher {before:.0f} %</numerusform>
        <numerusform>{after:.0f} % der Paare in %n zurückgelegten Rangfolgen richtig, vorher {before:.0f} %</numerusform>
      </translation>
    </message>
    <message>
      <source>{agent}, is here already.</source>
      <translation>{agent}, ist schon hier.</translation>
    </message>
    <message>
      <source>{agent}, is kept but cannot be used now. {why}</source>
      <translation>{agent}, wird aufgehoben, ist aber jetzt nicht zu benutzen. {why}</translation>
    </message>
    <message>
      <source>{agent}, off until you switch it on under Versions.</source>
      <translation>{agent}, ausgeschaltet, bis er unter Fassungen eingeschaltet wird.</translation>
    </message>
    <message>
      <source>{at} of {count}</source>
      <translation>{at} von {count}</translation>
    </message>
    <message>
      <source>{count} ranked</source>
      <translation>{count} geordnet</translation>
    </message>
    <message>
      <source>{file} holds with texts: {parts}.</source>
      <translation>{file} enthält, mit Texten: {parts}.</translation>
    </message>
    <message>
      <source>{file} holds without texts: {parts}.</source>
      <translation>{file} enthält, ohne Texte: {parts}.</translation>
    </message>
    <message>
      <source>{given} of {count} questions answered.</source>
      <translation>{given} von {count} Fragen beantwortet.</translation>
    </message>
    <message>
      <source>{letter}, now {place} of {count}</source>
      <translation>{letter}, jetzt {place} von {count}</translation>
    </message>
    <message>
      <source>{model} at {url}</source>
      <translation>{model} unter {url}</translation>
    </message>
    <message numerus="yes">
      <source>{names} and %n more</source>
      <translation>
        <numerusform>{names} und %n weitere</numerusform>
        <numerusform>{names} und %n weitere</numerusform>
      </translation>
    </message>
    <message>
      <source>{name} cannot be read ({strerror}); check that you may read it.</source>
      <translation>{name} kann nicht gelesen werden ({strerror}); die Leserechte prüfen.</translation>
    </message>
    <message>
      <source>{name} is added and will be tried.</source>
      <translation>{name} ist hinzugefügt und wird erprobt.</translation>
    </message>
    <message>
      <source>{name} is banned now.</source>
      <translation>{name} ist jetzt gesperrt.</translation>
    </message>
    <message>
      <source>{name} is checked and added. Press “Use” to write with it.</source>
      <translation>{name} ist geprüft und hinzugefügt. Mit „Benutzen“ wird damit geschrieben.</translation>
    </message>
    <message>
      <source>{name} is empty; choose another file.</source>
      <translation>{name} ist leer; eine andere Datei wählen.</translation>
    </message>
    <message>
      <source>{name} is free now.</source>
      <translation>{name} ist jetzt frei.</translation>
    </message>
    <message>
      <source>{name} is no text file; attach it as a document (PDF, Markdown or text) instead.</source>
      <translation>{name} ist keine Textdatei; stattdessen als Dokument anhängen (PDF, Markdown oder Text).</translation>
    </message>
    <message>
      <source>{name} is pinned now.</source>
      <translation>{name} ist jetzt angeheftet.</translation>
    </message>
    <message>
      <source>{name} is removed.</source>
      <translation>{name} ist entfernt.</translation>
    </message>
    <message>
      <source>{name} takes about {tokens} tokens, and the model sees {context} at once; attach it as a document, of which only the passages that matter are used, or shorten it.</source>
      <translation>{name} braucht etwa {tokens} Tokens, und das Modell sieht {context} auf einmal; als Dokument anhängen, dann werden nur die passenden Abschnitte benutzt, oder kürzen.</translation>
    </message>
    <message>
      <source>{name} · {size} · about {tokens} tokens</source>
      <translation>{name} · {size} · etwa {tokens} Tokens</translation>
    </message>
    <message>
      <source>{name}, of {when}</source>
      <translation>{name}, vom {when}</translation>
    </message>
    <message>
      <source>{n} of {enough} pairs</source>
      <translation>{n} von {enough} Paaren</translation>
    </message>
    <message>
      <source>{order} › rest</source>
      <translation>{order} › Rest</translation>
    </message>
    <message>
      <source>{parameters:.0f} million parameters</source>
      <translation>{parameters:.0f} Millionen Parameter</translation>
    </message>
    <message>
      <source>{place}, tied</source>
      <translation>{place}, Gleichstand</translation>
    </message>
    <message>
      <source>{size:.0f} MB</source>
      <translation>{size:.0f} MB</translation>
    </message>
    <message>
      <source>{size:.0f} kB</source>
      <translation>{size:.0f} kB</translation>
    </message>
    <message>
      <source>{size:.1f} GB</source>
      <translation>{size:.1f} GB</translation>
    </message>
    <message>
      <source>{size} GB of memory</source>
      <translation>{size} GB Speicher</translation>
    </message>
    <message>
      <source>{size} bytes</source>
      <translation>{size} Bytes</translation>
    </message>
    <message numerus="yes">
      <source>{text} Undo is possible for %n seconds.</source>
      <translation>
        <numerusform>{text} Rückgängig ist %n Sekunde lang möglich.</numerusform>
        <numerusform>{text} Rückgängig ist %n Sekunden lang möglich.</numerusform>
      </translation>
    </message>
    <message>
      <source>{title}
(not learned from)</source>
      <translation>{title}
(nicht zum Lernen)</translation>
    </message>
    <message>
      <source>{title} (copy)</source>
      <translation>{title} (Kopie)</translation>
    </message>
    <message>
      <source>{used:.1f}k of {size:.1f}k</source>
      <translation>{used:.1f}k von {size:.1f}k</translation>
    </message>
    <message>
      <source>{used} of {size} tokens of context used</source>
      <translation>{used} von {size} Tokens des Kontexts belegt</translation>
    </message>
    <message numerus="yes">
      <source>{value:.0f} % ({low:.0f}–{high:.0f}) of %n pairs</source>
      <translation>
        <numerusform>{value:.0f} % ({low:.0f}–{high:.0f}) von %n Paar</numerusform>
        <numerusform>{value:.0f} % ({low:.0f}–{high:.0f}) von %n Paaren</numerusform>
      </translation>
    </message>
    <message>
      <source>{value:.0f} % of pairs ({low:.0f}–{high:.0f})</source>
      <translation>{value:.0f} % der Paare ({low:.0f}–{high:.0f})</translation>
    </message>
    <message>
      <source>{weight} ± {sd:.2f} with queries like “{query}”</source>
      <translation>{weight} ± {sd:.2f} bei Fragen wie „{query}“</translation>
    </message>
    <message>
      <source>{words}, tied with {tied}</source>
      <translation>{words}, gleichauf mit {tied}</translation>
    </message>
    <message>
      <source>“{text}”</source>
      <translation>„{text}“</translation>
    </message>
    <message>
      <source>“{text}” is always used now.</source>
      <translation>„{text}“ wird jetzt immer benutzt.</translation>
    </message>
    <message>
      <source>“{text}” is never used now.</source>
      <translation>„{text}“ wird jetzt nie benutzt.</translation>
    </message>
    <message>
      <source>“{text}” is removed; ban a rule so that it is not found again.</source>
      <translation>„{text}“ ist entfernt; eine gesperrte Regel wird nicht wieder gefunden.</translation>
    </message>
    <message>
      <source>“{text}” is used from now on.</source>
      <translation>„{text}“ wird ab jetzt benutzt.</translation>
    </message>
    <message>
      <source>“{text}” is used while it holds.</source>
      <translation>„{text}“ wird benutzt, solange es zutrifft.</translation>
    </message>
    <message>
      <source>“{title}” is in {file}.</source>
      <translation>„{title}“ ist in {file}.</translation>
    </message>
    <message>
      <source>‹ Back</source>
      <translation>‹ Zurück</translation>
    </message>
    <message>
      <source>‹ Back to the conversation</source>
      <translation>‹ Zurück zur Unterhaltung</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source>, best {v1} of 100</source>
      <translation>, bester Wert {v1} von 100</translation>
    </message>
    <message>
      <source>A context of {v1} tokens is too small; ask for 64 or more.</source>
      <translation>Ein Kontext von {v1} Tokens ist zu klein; mindestens 64 verlangen.</translation>
    </message>
    <message>
      <source>A conversation needs a title of at least one letter.</source>
      <translation>Eine Unterhaltung braucht einen Titel mit mindestens einem Zeichen.</translation>
    </message>
    <message>
      <source>A conversation takes {v1} documents with {v2} passages; remove one of them, or attach this one to a new conversation.</source>
      <translation>Eine Unterhaltung fasst {v1} Dokumente mit {v2} Abschnitten; eines entfernen oder dieses an eine neue Unterhaltung anhängen.</translation>
    </message>
    <message>
      <source>A number is none of the model's tokens; take those of `tokenise`.</source>
      <translation>Eine Zahl ist kein Token des Modells; die von `tokenise` nehmen.</translation>
    </message>
    <message>
      <source>A prompt and what may follow it take {v1} tokens, more than the {v2} that can be scored; shorten them.</source>
      <translation>Ein Prompt und was ihm folgen kann, brauchen {v1} Tokens, mehr als die {v2}, die bewertet werden können; kürzen.</translation>
    </message>
    <message>
      <source>A prompt is too long to be scored; shorten it.</source>
      <translation>Ein Prompt ist zu lang für eine Bewertung; kürzen.</translation>
    </message>
    <message>
      <source>A reply has 1 to {v1} characters; change the text.</source>
      <translation>Eine Antwort hat 1 bis {v1} Zeichen; bitte den Text ändern.</translation>
    </message>
    <message>
      <source>A reply that is held to a grammar cannot be gone on with.</source>
      <translation>Eine Antwort, die einer Grammatik folgt, kann nicht weitergeschrieben werden.</translation>
    </message>
    <message>
      <source>A saved state of the {v1} is damaged; run `attune learn` (for the agent `attune learn --only agent`), which builds it anew from your rankings.</source>
      <translation>Ein gespeicherter Stand ({v1}) ist beschädigt; `attune learn` (für den Agenten `attune learn --only agent`) baut ihn aus den Rangfolgen neu auf.</translation>
    </message>
    <message>
      <source>A snippet's name has 1 to {v1} characters; shorten it.</source>
      <translation>Der Name eines Textbausteins hat 1 bis {v1} Zeichen; kürzen.</translation>
    </message>
    <message>
      <source>A snippet's text has 1 to {v1} characters; shorten it.</source>
      <translation>Der Text eines Textbausteins hat 1 bis {v1} Zeichen; kürzen.</translation>
    </message>
    <message>
      <source>A tag's instruction has 1 to {v1} characters; say it shorter.</source>
      <translation>Die Anweisung eines Merkmals hat 1 bis {v1} Zeichen; kürzer fassen.</translation>
    </message>
    <message>
      <source>A tag's name has 1 to {v1} characters.</source>
      <translation>Der Name eines Merkmals hat 1 bis {v1} Zeichen.</translation>
    </message>
    <message>
      <source>Ask for 1 to {v1} replies at once.</source>
      <translation>1 bis {v1} Antworten auf einmal verlangen.</translation>
    </message>
    <message>
      <source>Attune is already running with this data; close it or use --home DIR</source>
      <translation>Attune läuft schon mit diesen Daten; es schließen oder --home ORDNER benutzen</translation>
    </message>
    <message>
      <source>Better: {v1} (p = {v2}).</source>
      <translation>Besser: {v1} (p = {v2}).</translation>
    </message>
    <message>
      <source>Between 1 and {v1} replies can be written, not {v2}.</source>
      <translation>Es können 1 bis {v1} Antworten geschrieben werden, nicht {v2}.</translation>
    </message>
    <message>
      <source>Every reply</source>
      <translation>Jede Antwort</translation>
    </message>
    <message>
      <source>Fitting the reply scorer</source>
      <translation>Textgeschmack wird angepasst</translation>
    </message>
    <message>
      <source>Fitting the tag weights</source>
      <translation>Gewichte der Merkmale werden angepasst</translation>
    </message>
    <message>
      <source>Give {v1} tokens at most.</source>
      <translation>Höchstens {v1} Tokens angeben.</translation>
    </message>
    <message>
      <source>Improving prompts{v1}</source>
      <translation>Prompts werden verbessert{v1}</translation>
    </message>
    <message>
      <source>It changes the model too much ({v1} of a layer; {v2} is most).</source>
      <translation>Es verändert das Modell zu sehr ({v1} einer Schicht; höchstens {v2}).</translation>
    </message>
    <message>
      <source>It has rank {v1} and scale {v2}, but agents here have rank {v3} and scale {v4}; it cannot be switched on.</source>
      <translation>Er hat den Rang {v1} und den Maßstab {v2}, Agenten haben hier aber den Rang {v3} und den Maßstab {v4}; er lässt sich nicht einschalten.</translation>
    </message>
    <message>
      <source>It is worse: {v1}.</source>
      <translation>Es ist schlechter: {v1}.</translation>
    </message>
    <message>
      <source>It was made for the model {v1}; choose that model to switch it on.</source>
      <translation>Er wurde für das Modell {v1} gemacht; zum Einschalten dieses Modell wählen.</translation>
    </message>
    <message>
      <source>It writes in circles or nothing at all (“{v1}”).</source>
      <translation>Es schreibt im Kreis oder gar nichts („{v1}“).</translation>
    </message>
    <message>
      <source>Its numbers are not finite.</source>
      <translation>Seine Zahlen sind nicht endlich.</translation>
    </message>
    <message>
      <source>Judging rules</source>
      <translation>Regeln werden geprüft</translation>
    </message>
    <message>
      <source>No backup can be written to {v1} ({v2}); free some space there.</source>
      <translation>Nach {v1} kann keine Sicherung geschrieben werden ({v2}); dort Platz schaffen.</translation>
    </message>
    <message>
      <source>No earlier version of the agent is kept.</source>
      <translation>Es gibt keine frühere Fassung des Agenten.</translation>
    </message>
    <message>
      <source>No profile “{v1}” was imported; `profile imports` lists all.</source>
      <translation>Ein Profil „{v1}“ wurde nicht importiert; `profile imports` nennt alle.</translation>
    </message>
    <message>
      <source>No version {v1} of the agent came with a profile; `attune agent list` shows all.</source>
      <translation>Keine Fassung {v1} des Agenten kam mit einem Profil; `attune agent list` zeigt alle.</translation>
    </message>
    <message>
      <source>Not better: {v1} (p = {v2}).</source>
      <translation>Nicht besser: {v1} (p = {v2}).</translation>
    </message>
    <message>
      <source>Not worse, but too few to be sure: {v1}. It is on trial.</source>
      <translation>Nicht schlechter, aber zu wenig, um sicher zu sein: {v1}. Es ist auf Probe.</translation>
    </message>
    <message>
      <source>Nothing was learned about you yet, so this is the reply that most people would prefer.</source>
      <translation>Noch ist nichts gelernt; dies ist daher die Antwort, die den meisten am besten gefiele.</translation>
    </message>
    <message>
      <source>Preparing the agent's model</source>
      <translation>Das Modell des Agenten wird vorbereitet</translation>
    </message>
    <message>
      <source>Prompts are learned from at least {v1} rankings; there are {v2} so far.</source>
      <translation>Prompts werden aus mindestens {v1} Rangfolgen gelernt; bisher sind es {v2}.</translation>
    </message>
    <message>
      <source>Query {v1} has its replies already; ask it as a new query.</source>
      <translation>Frage {v1} hat ihre Antworten schon; sie als neue Frage stellen.</translation>
    </message>
    <message>
      <source>Query {v1} has no ranking to take back.</source>
      <translation>Frage {v1} hat keine Rangfolge, die sich zurücknehmen ließe.</translation>
    </message>
    <message>
      <source>Query {v1} has no replies yet; ask it again first.</source>
      <translation>Frage {v1} hat noch keine Antworten; sie erst noch einmal stellen.</translation>
    </message>
    <message>
      <source>Query {v1} has no reply {v2} to compare with.</source>
      <translation>Frage {v1} hat keine Antwort {v2} zum Vergleichen.</translation>
    </message>
    <message>
      <source>Query {v1} has no reply {v2}.</source>
      <translation>Frage {v1} hat keine Antwort {v2}.</translation>
    </message>
    <message>
      <source>Reading replies</source>
      <translation>Antworten werden gelesen</translation>
    </message>
    <message>
      <source>Reading tags and rankings</source>
      <translation>Merkmale und Rangfolgen werden gelesen</translation>
    </message>
    <message>
      <source>Reading {v1}</source>
      <translation>{v1} wird gelesen</translation>
    </message>
    <message>
      <source>Reply {v1} is being written; edit it when it is whole.</source>
      <translation>Antwort {v1} wird gerade geschrieben; bearbeitet werden kann sie, wenn sie fertig ist.</translation>
    </message>
    <message>
      <source>Reply {v1} was edited by you; go on with it as it was written, or write it anew.</source>
      <translation>Antwort {v1} wurde von Hand bearbeitet; weiter geht es mit ihr, wie sie geschrieben wurde, oder mit einer neuen.</translation>
    </message>
    <message>
      <source>Rolled back: {v1}.</source>
      <translation>Zurückgenommen: {v1}.</translation>
    </message>
    <message>
      <source>Several replies were cut off; name one with --letter: {v1}.</source>
      <translation>Mehrere Antworten wurden abgeschnitten; eine mit --letter nennen: {v1}.</translation>
    </message>
    <message>
      <source>The adapter file {v1} holds numbers that are not finite ({v2}); train the agent again.</source>
      <translation>Die Adapterdatei {v1} enthält Zahlen, die nicht endlich sind ({v2}); den Agenten neu trainieren.</translation>
    </message>
    <message>
      <source>The adapter file {v1} is damaged ({v2}); train the agent again.</source>
      <translation>Die Adapterdatei {v1} ist beschädigt ({v2}); den Agenten neu trainieren.</translation>
    </message>
    <message>
      <source>The adapter file {v1} is missing; train the agent again.</source>
      <translation>Die Adapterdatei {v1} fehlt; den Agenten neu trainieren.</translation>
    </message>
    <message>
      <source>The adapter file {v1} was made for another model ({v2}); train the agent for the model in use.</source>
      <translation>Die Adapterdatei {v1} gehört zu einem anderen Modell ({v2}); den Agenten für das benutzte Modell trainieren.</translation>
    </message>
    <message>
      <source>The address “{v1}” cannot be used ({v2}); give one like http://localhost:8080/v1.</source>
      <translation>Die Adresse „{v1}“ ist nicht benutzbar ({v2}); eine wie http://localhost:8080/v1 angeben.</translation>
    </message>
    <message>
      <source>The agent cannot be trained on a model of the family {v1}; choose one of the families {v2}.</source>
      <translation>Mit einem Modell der Familie {v1} kann der Agent nicht trainiert werden; eines der Familien {v2} wählen.</translation>
    </message>
    <message>
      <source>The agent cannot be trained on a model with the tokenizer {v1}/{v2}; use the model that comes with Attune as the agent's base.</source>
      <translation>Mit dem Tokenizer {v1}/{v2} kann der Agent nicht trainiert werden; das mitgelieferte Modell als Grundlage benutzen.</translation>
    </message>
    <message>
      <source>The agent cannot be used with this model; train one here with `attune learn --only agent`.</source>
      <translation>Der Agent ist mit diesem Modell nicht zu benutzen; einen eigenen trainiert `attune learn --only agent`.</translation>
    </message>
    <message>
      <source>The agent in {v1} cannot be taken over ({v2}); export the profile again.</source>
      <translation>Der Agent in {v1} kann nicht übernommen werden ({v2}); das Profil neu exportieren.</translation>
    </message>
    <message>
      <source>The agent in {v1} does not fit the model that it names, {v2}; export the profile again.</source>
      <translation>Der Agent in {v1} passt nicht zu dem Modell, das er nennt, {v2}; das Profil neu exportieren.</translation>
    </message>
    <message>
      <source>The agent needs {v1} rankings in which a rule holds for the best reply alone; there are {v2}. Rank more replies first.</source>
      <translation>Der Agent braucht {v1} Rangfolgen, in denen eine Regel nur für die beste Antwort zutrifft; es sind {v2}. Erst mehr Antworten ordnen.</translation>
    </message>
    <message>
      <source>The agent's training diverged and was given up; what was learned before is kept.</source>
      <translation>Das Training des Agenten lief auseinander und wurde aufgegeben; früher Gelerntes bleibt.</translation>
    </message>
    <message>
      <source>The agent's training stopped {v1} times in a row and was given up; close other programs to free memory, then run `attune learn --only agent`.</source>
      <translation>Das Training des Agenten brach {v1}-mal nacheinander ab und wurde aufgegeben; andere Programme schließen, um Speicher freizugeben, dann `attune learn --only agent`.</translation>
    </message>
    <message>
      <source>The backup {v1} is damaged too; choose an older one.</source>
      <translation>Auch die Sicherung {v1} ist beschädigt; eine ältere wählen.</translation>
    </message>
    <message>
      <source>The conversation is longer than the model's context: its {v1} oldest turns were left out of the prompt.</source>
      <translation>Die Unterhaltung ist länger als das, was das Modell auf einmal sieht: Die ältesten {v1} Beiträge wurden weggelassen.</translation>
    </message>
    <message>
      <source>The copy format {v1} is unknown; choose one of auto, none, {v2}.</source>
      <translation>Das Kopieformat {v1} ist unbekannt; auto, none oder {v2} wählen.</translation>
    </message>
    <message>
      <source>The data file cannot be opened; check its permissions</source>
      <translation>Die Datendatei kann nicht geöffnet werden; ihre Rechte prüfen</translation>
    </message>
    <message>
      <source>The data file cannot be opened; check the folder's permissions</source>
      <translation>Die Datendatei kann nicht geöffnet werden; die Rechte des Ordners prüfen</translation>
    </message>
    <message>
      <source>The data file cannot be written; check its permissions</source>
      <translation>Die Datendatei kann nicht geschrieben werden; ihre Rechte prüfen</translation>
    </message>
    <message>
      <source>The data file could not be backed up because it does not pass its own check, so nothing was forgotten; `attune doctor` says what is wrong with it.</source>
      <translation>Die Datendatei konnte nicht gesichert werden, weil sie ihre eigene Prüfung nicht besteht, daher wurde nichts vergessen; `attune doctor` sagt, was ihr fehlt.</translation>
    </message>
    <message>
      <source>The data file {v1} is damaged and was left as it is; {v2}.</source>
      <translation>Die Datendatei {v1} ist beschädigt und blieb, wie sie ist; {v2}.</translation>
    </message>
    <message>
      <source>The data file {v1} is damaged; no copy was made of it.</source>
      <translation>Die Datendatei {v1} ist beschädigt; sie wurde nicht kopiert.</translation>
    </message>
    <message>
      <source>The data file {v1} is sound; it was left as it is.</source>
      <translation>Die Datendatei {v1} ist in Ordnung; sie blieb, wie sie ist.</translation>
    </message>
    <message>
      <source>The data folder {v1} cannot be written ({v2}); check its permissions or choose another with --home DIR.</source>
      <translation>In den Datenordner {v1} kann nicht geschrieben werden ({v2}); seine Rechte prüfen oder mit --home ORDNER einen anderen wählen.</translation>
    </message>
    <message>
      <source>The disk is full; free some space and try again</source>
      <translation>Der Datenträger ist voll; Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
      <source>The disk reported an error; check it and try again</source>
      <translation>Der Datenträger meldete einen Fehler; ihn prüfen und noch einmal versuchen</translation>
    </message>
    <message>
      <source>The embedding model in {v1} is missing or damaged; run `python3 models/fetch.py` to put it there.</source>
      <translation>Das Einbettungsmodell in {v1} fehlt oder ist beschädigt; `python3 models/fetch.py` legt es dorthin.</translation>
    </message>
    <message>
      <source>The embedding model is missing from {v1}; run `python3 models/fetch.py` to put it there.</source>
      <translation>Das Einbettungsmodell fehlt in {v1}; `python3 models/fetch.py` legt es dorthin.</translation>
    </message>
    <message>
      <source>The engine stopped and was started again ({v1}).</source>
      <translation>Das Schreibprogramm brach ab und wurde neu gestartet ({v1}).</translation>
    </message>
    <message>
      <source>The engine stopped {v1} times in a row while running {v2}; choose a smaller model or a smaller context, and start the program again.</source>
      <translation>Das Schreibprogramm brach mit {v2} {v1}-mal nacheinander ab; ein kleineres Modell oder einen kleineren Kontext wählen und neu starten.</translation>
    </message>
    <message>
      <source>The file {v1} belongs to another program; move it away or use --home DIR.</source>
      <translation>Die Datei {v1} gehört zu einem anderen Programm; sie wegräumen oder --home ORDNER benutzen.</translation>
    </message>
    <message>
      <source>The file {v1} cannot be read ({v2}); check its name.</source>
      <translation>Die Datei {v1} kann nicht gelesen werden ({v2}); den Namen prüfen.</translation>
    </message>
    <message>
      <source>The file {v1} cannot be read ({v2}); check its permissions.</source>
      <translation>Die Datei {v1} kann nicht gelesen werden ({v2}); ihre Rechte prüfen.</translation>
    </message>
    <message>
      <source>The file {v1} cannot be written ({v2}); choose another place.</source>
      <translation>Die Datei {v1} kann nicht geschrieben werden ({v2}); einen anderen Ort wählen.</translation>
    </message>
    <message>
      <source>The file {v1} is not a GGUF {v2}; choose a file that ends in .gguf.</source>
      <translation>Die Datei {v1} ist keine GGUF-Datei ({v2}); eine wählen, die auf .gguf endet.</translation>
    </message>
    <message>
      <source>The file {v1} is not a LoRA adapter; choose one that is.</source>
      <translation>Die Datei {v1} ist kein LoRA-Adapter; einen wählen.</translation>
    </message>
    <message>
      <source>The files in {v1} cannot be moved ({v2}); check the folder's permissions and the free space.</source>
      <translation>Die Dateien in {v1} können nicht verschoben werden ({v2}); Rechte des Ordners und freien Platz prüfen.</translation>
    </message>
    <message>
      <source>The grammar of a reply cannot be used ({v1}); correct it.</source>
      <translation>Die Grammatik einer Antwort ist nicht benutzbar ({v1}); sie berichtigen.</translation>
    </message>
    <message>
      <source>The learner stopped three times in a row; your rankings are kept. Close other programs to free memory, then start Attune again.</source>
      <translation>Das Lernprogramm brach dreimal nacheinander ab; die Rangfolgen bleiben. Andere Programme schließen, um Speicher freizugeben, dann Attune neu starten.</translation>
    </message>
    <message>
      <source>The library has a tag “{v1}” already; pin it instead.</source>
      <translation>Die Bibliothek hat schon ein Merkmal „{v1}“; stattdessen dieses anheften.</translation>
    </message>
    <message>
      <source>The list of models in {v1} is missing or damaged; install the program again.</source>
      <translation>Die Liste der Modelle in {v1} fehlt oder ist beschädigt; das Programm neu installieren.</translation>
    </message>
    <message>
      <source>The list of models {v1} is missing or damaged; install the program again.</source>
      <translation>Die Modellliste {v1} fehlt oder ist beschädigt; das Programm neu installieren.</translation>
    </message>
    <message>
      <source>The lists of cases and continuations differ in length.</source>
      <translation>Die Listen der Fälle und Fortsetzungen sind verschieden lang.</translation>
    </message>
    <message>
      <source>The model cannot be put into {v1} ({v2}); free some space or check the folder's permissions.</source>
      <translation>Das Modell kann nicht nach {v1} gelegt werden ({v2}); Platz schaffen oder die Rechte des Ordners prüfen.</translation>
    </message>
    <message>
      <source>The model file {v1} could not be loaded ({v2}); choose a smaller model or one that this version of llama.cpp knows.</source>
      <translation>Die Modelldatei {v1} konnte nicht geladen werden ({v2}); ein kleineres Modell wählen oder eines, das diese Fassung von llama.cpp kennt.</translation>
    </message>
    <message>
      <source>The model file {v1} is missing; run `python3 packaging/bootstrap.py run`, which fetches it.</source>
      <translation>Die Modelldatei {v1} fehlt; `python3 packaging/bootstrap.py run` holt sie.</translation>
    </message>
    <message>
      <source>The model file {v1} was not loaded within {v2} seconds; choose a smaller model.</source>
      <translation>Die Modelldatei {v1} war nach {v2} Sekunden nicht geladen; ein kleineres Modell wählen.</translation>
    </message>
    <message>
      <source>The model {v1} could not be fetched; try again.</source>
      <translation>Das Modell {v1} konnte nicht geholt werden; noch einmal versuchen.</translation>
    </message>
    <message>
      <source>The model's own chat template cannot be used ({v1}); choose another model.</source>
      <translation>Die Chatvorlage des Modells ist nicht benutzbar ({v1}); ein anderes Modell wählen.</translation>
    </message>
    <message>
      <source>The query and the rules take more than the agent's {v1} tokens; shorten the query.</source>
      <translation>Die Frage und die Regeln brauchen mehr als die {v1} Tokens des Agenten; die Frage kürzen.</translation>
    </message>
    <message>
      <source>The query is empty; write what you would like to know.</source>
      <translation>Die Frage ist leer; etwas hineinschreiben.</translation>
    </message>
    <message>
      <source>The query takes more than the model's context of {v1} tokens; shorten it or choose a model with a longer context.</source>
      <translation>Die Frage braucht mehr als den Kontext des Modells von {v1} Tokens; kürzen oder ein Modell mit längerem Kontext wählen.</translation>
    </message>
    <message>
      <source>The query takes more than the {v1} tokens that the setting “context” allows (by an estimate); shorten it, or raise the setting if the server takes more.</source>
      <translation>Die Frage braucht (geschätzt) mehr als die {v1} Tokens, die die Einstellung „context“ erlaubt; kürzen oder die Einstellung erhöhen, wenn der Server mehr fasst.</translation>
    </message>
    <message>
      <source>The query takes {v1} tokens, and with room for {v2} replies that is more than the model's context of {v3}; shorten it or choose a model with a longer context.</source>
      <translation>Die Frage braucht {v1} Tokens; mit Platz für {v2} Antworten ist das mehr als der Kontext des Modells von {v3}; kürzen oder ein Modell mit längerem Kontext wählen.</translation>
    </message>
    <message>
      <source>The question “{v1}” has {v2} options; choose one of them.</source>
      <translation>Die Frage „{v1}“ hat {v2} Möglichkeiten; eine davon wählen.</translation>
    </message>
    <message>
      <source>The ranking “{v1}” cannot be read; write the letters {v2} like “B&gt;A=C”, “B” or “none”.</source>
      <translation>Die Rangfolge „{v1}“ ist nicht lesbar; die Buchstaben {v2} schreiben wie „B&gt;A=C“, „B“ oder „none“.</translation>
    </message>
    <message>
      <source>The ranking “{v1}” names {v2} twice; name each of {v3} at most once.</source>
      <translation>Die Rangfolge „{v1}“ nennt {v2} zweimal; jeden von {v3} höchstens einmal nennen.</translation>
    </message>
    <message>
      <source>The rehearsal's data file is not sound; delete its folder.</source>
      <translation>Die Datendatei der Probe ist nicht in Ordnung; ihren Ordner löschen.</translation>
    </message>
    <message>
      <source>The reply scorer's prior {v1} cannot be read ({v2}); install Attune again, or run `attune evaluate build-prior`.</source>
      <translation>Die Vorannahmen {v1} sind nicht lesbar ({v2}); Attune neu installieren oder `attune evaluate build-prior`.</translation>
    </message>
    <message>
      <source>The reply scorer's prior {v1} is of other text features; run `attune evaluate build-prior`.</source>
      <translation>Die Vorannahmen {v1} gehören zu anderen Textmerkmalen; `attune evaluate build-prior` ausführen.</translation>
    </message>
    <message>
      <source>The rule has {v1} characters; say it in at most {v2}.</source>
      <translation>Die Regel hat {v1} Zeichen; in höchstens {v2} fassen.</translation>
    </message>
    <message>
      <source>The rule is empty; write what the replies should be like.</source>
      <translation>Die Regel ist leer; schreiben, wie die Antworten sein sollen.</translation>
    </message>
    <message>
      <source>The rule “{v1}” is there already.</source>
      <translation>Die Regel „{v1}“ gibt es schon.</translation>
    </message>
    <message>
      <source>The server at {v1} writes replies but cannot {v2}; that needs a model on this machine: `attune models server off`.</source>
      <translation>Der Server unter {v1} schreibt Antworten, kann aber nicht alles ({v2}); das braucht ein Modell auf diesem Rechner: `attune models server off`.</translation>
    </message>
    <message>
      <source>The server at {v1} {v2}; {v3}, or write replies on this machine again with `attune models server off`.</source>
      <translation>Der Server unter {v1}: {v2}; {v3}, oder mit `attune models server off` wieder auf diesem Rechner schreiben.</translation>
    </message>
    <message>
      <source>The server offers several models; name one of them: {v1}.</source>
      <translation>Der Server bietet mehrere Modelle an; eines davon nennen: {v1}.</translation>
    </message>
    <message>
      <source>The {v1} file {v2} cannot be read ({v3}); check that it is a file and that you may read it.</source>
      <translation>Die Datei {v2} ({v1}) kann nicht gelesen werden ({v3}); prüfen, ob es eine Datei ist und sie gelesen werden darf.</translation>
    </message>
    <message>
      <source>The {v1} file {v2} is damaged or incomplete ({v3}); download it again.</source>
      <translation>Die Datei {v2} ({v1}) ist beschädigt oder unvollständig ({v3}); sie noch einmal laden.</translation>
    </message>
    <message>
      <source>The {v1} file {v2} is missing; fetch it again or choose another {v1}.</source>
      <translation>Die Datei {v2} ({v1}) fehlt; sie wieder holen oder eine andere ({v1}) wählen.</translation>
    </message>
    <message>
      <source>There are {v1} cases to score but continuations of {v2}; give one list of continuations to each case.</source>
      <translation>Es gibt {v1} Fälle, aber Fortsetzungen für {v2}; zu jedem Fall eine Liste angeben.</translation>
    </message>
    <message>
      <source>There is a model {v1} already; rename the file to add it.</source>
      <translation>Ein Modell {v1} gibt es schon; die Datei zum Hinzufügen umbenennen.</translation>
    </message>
    <message>
      <source>There is a snippet “{v1}” already; choose another name.</source>
      <translation>Einen Textbaustein „{v1}“ gibt es schon; einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>There is no conversation {v1}; `attune conversations list` shows them all.</source>
      <translation>Es gibt keine Unterhaltung {v1}; `attune conversations list` zeigt alle.</translation>
    </message>
    <message>
      <source>There is no deleted conversation {v1} any more.</source>
      <translation>Die gelöschte Unterhaltung {v1} gibt es nicht mehr.</translation>
    </message>
    <message>
      <source>There is no document {v1}; `attune documents list` names those there are.</source>
      <translation>Es gibt kein Dokument {v1}; `attune documents list` nennt alle.</translation>
    </message>
    <message>
      <source>There is no file {v1}; check its name.</source>
      <translation>Es gibt keine Datei {v1}; den Namen prüfen.</translation>
    </message>
    <message>
      <source>There is no held-out ranking yet; it is on trial against plain replies.</source>
      <translation>Noch ist keine Rangfolge zurückgelegt; es ist auf Probe gegen einfache Antworten.</translation>
    </message>
    <message>
      <source>There is no intact backup in {v1}; `attune doctor --start-new` keeps the damaged file aside and begins anew.</source>
      <translation>In {v1} gibt es keine heile Sicherung; `attune doctor --start-new` legt die beschädigte Datei beiseite und beginnt neu.</translation>
    </message>
    <message>
      <source>There is no machine named {v1}; check the address of the server.</source>
      <translation>Es gibt keinen Rechner namens {v1}; die Adresse des Servers prüfen.</translation>
    </message>
    <message>
      <source>There is no model “{v1}” to fetch; there are {v2}.</source>
      <translation>Ein Modell „{v1}“ gibt es nicht zu holen; es gibt {v2}.</translation>
    </message>
    <message>
      <source>There is no model “{v1}”; `attune models list` names them.</source>
      <translation>Es gibt kein Modell „{v1}“; `attune models list` nennt alle.</translation>
    </message>
    <message>
      <source>There is no prompt {v1}; `attune prompts` shows them.</source>
      <translation>Es gibt keinen Prompt {v1}; `attune prompts` zeigt sie.</translation>
    </message>
    <message>
      <source>There is no query {v1}; `attune conversations list` and `attune conversations show ID` name the queries there are.</source>
      <translation>Es gibt keine Frage {v1}; `attune conversations list` und `attune conversations show ID` nennen die vorhandenen.</translation>
    </message>
    <message>
      <source>There is no question “{v1}”; `attune interview list` shows all.</source>
      <translation>Es gibt keine Frage „{v1}“; `attune interview list` zeigt alle.</translation>
    </message>
    <message>
      <source>There is no reply {v1} to query {v2}.</source>
      <translation>Zur Frage {v2} gibt es keine Antwort {v1}.</translation>
    </message>
    <message>
      <source>There is no reply {v1} to this query; the replies are {v2}.</source>
      <translation>Es gibt keine Antwort {v1} auf diese Frage; die Antworten sind {v2}.</translation>
    </message>
    <message>
      <source>There is no rule {v1}; `attune rules list` shows them.</source>
      <translation>Es gibt keine Regel {v1}; `attune rules list` zeigt alle.</translation>
    </message>
    <message>
      <source>There is no snippet “{v1}”; `attune snippets list` names them.</source>
      <translation>Es gibt keinen Textbaustein „{v1}“; `attune snippets list` nennt alle.</translation>
    </message>
    <message>
      <source>There is no tag of your own “{v1}”; tags of the library can be banned.</source>
      <translation>Ein eigenes Merkmal „{v1}“ gibt es nicht; Merkmale der Bibliothek lassen sich sperren.</translation>
    </message>
    <message>
      <source>There is no tag “{v1}”; `attune profile show` lists them.</source>
      <translation>Es gibt kein Merkmal „{v1}“; `attune profile show` nennt alle.</translation>
    </message>
    <message>
      <source>There is nothing to reply to; write a query first.</source>
      <translation>Es gibt nichts zu beantworten; erst eine Frage schreiben.</translation>
    </message>
    <message>
      <source>There is nothing to score after; give at least one turn.</source>
      <translation>Es gibt nichts, wonach bewertet werden könnte; mindestens einen Beitrag angeben.</translation>
    </message>
    <message>
      <source>This conversation has no query yet; there is nothing to copy.</source>
      <translation>In dieser Unterhaltung wurde noch nichts gefragt; es gibt nichts zu kopieren.</translation>
    </message>
    <message>
      <source>This reply has the versions 0 (as it was written) to {v1}, not {v2}.</source>
      <translation>Diese Antwort hat die Fassungen 0 (wie sie geschrieben wurde) bis {v1}, nicht {v2}.</translation>
    </message>
    <message>
      <source>Training the agent</source>
      <translation>Der Agent wird trainiert</translation>
    </message>
    <message>
      <source>Training the tag encoders</source>
      <translation>Die Netze der Merkmale werden trainiert</translation>
    </message>
    <message>
      <source>Trial passed: {v1}.</source>
      <translation>Probe bestanden: {v1}.</translation>
    </message>
    <message>
      <source>Trying the trained agent</source>
      <translation>Der trainierte Agent wird erprobt</translation>
    </message>
    <message>
      <source>Weighing features</source>
      <translation>Textmerkmale werden gewogen</translation>
    </message>
    <message>
      <source>With a server, every query you ask goes to {v1} together with its conversation, the excerpts of its documents, your rules and tags: {v2}. That text leaves this program, and who runs the server can read and keep it. Rankings and what is learned from them stay here.</source>
      <translation>Mit einem Server geht jede Frage an {v1}, zusammen mit ihrer Unterhaltung, den Auszügen aus ihren Dokumenten, den Regeln und Merkmalen: {v2}. Dieser Text verlässt dieses Programm, und wer den Server betreibt, kann ihn lesen und behalten. Rangfolgen und was aus ihnen gelernt wird, bleiben hier.</translation>
    </message>
    <message>
      <source>You have ranked these replies; undo that first to have no opinion.</source>
      <translation>Du hast diese Antworten geordnet; nimm das erst zurück, um keine Meinung zu haben.</translation>
    </message>
    <message>
      <source>Your own</source>
      <translation>Eigene</translation>
    </message>
    <message>
      <source>a closing summary or offer</source>
      <translation>eine Zusammenfassung oder ein Angebot am Schluss</translation>
    </message>
    <message>
      <source>a formal tone</source>
      <translation>ein förmlicher Ton</translation>
    </message>
    <message>
      <source>a neutral tone</source>
      <translation>ein sachlicher Ton</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>eine Zahl</translation>
    </message>
    <message>
      <source>a part of it is no matrix of 32-bit numbers</source>
      <translation>ein Teil davon ist keine Matrix aus 32-Bit-Zahlen</translation>
    </message>
    <message>
      <source>a slow beginning</source>
      <translation>ein langsamer Anfang</translation>
    </message>
    <message>
      <source>a text</source>
      <translation>ein Text</translation>
    </message>
    <message>
      <source>a varied vocabulary</source>
      <translation>ein abwechslungsreicher Wortschatz</translation>
    </message>
    <message>
      <source>a warm tone</source>
      <translation>ein herzlicher Ton</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>eine ganze Zahl</translation>
    </message>
    <message>
      <source>abstract nouns</source>
      <translation>abstrakte Hauptwörter</translation>
    </message>
    <message>
      <source>an informal tone</source>
      <translation>ein lockerer Ton</translation>
    </message>
    <message>
      <source>an opening courtesy</source>
      <translation>eine Höflichkeit am Anfang</translation>
    </message>
    <message>
      <source>an “I” that speaks</source>
      <translation>ein „Ich“, das spricht</translation>
    </message>
    <message>
      <source>being addressed</source>
      <translation>angesprochen werden</translation>
    </message>
    <message>
      <source>being unlike the other replies</source>
      <translation>anders als die anderen Antworten</translation>
    </message>
    <message>
      <source>bold words</source>
      <translation>fette Wörter</translation>
    </message>
    <message>
      <source>careful refusals</source>
      <translation>vorsichtiges Ablehnen</translation>
    </message>
    <message>
      <source>careful wording</source>
      <translation>vorsichtige Wortwahl</translation>
    </message>
    <message>
      <source>code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>colons and semicolons</source>
      <translation>Doppelpunkte und Strichpunkte</translation>
    </message>
    <message>
      <source>comparisons</source>
      <translation>Vergleiche</translation>
    </message>
    <message>
      <source>concrete nouns</source>
      <translation>konkrete Hauptwörter</translation>
    </message>
    <message>
      <source>contractions</source>
      <translation>Verkürzungen</translation>
    </message>
    <message>
      <source>contrasts (“not only”)</source>
      <translation>Gegensätze („nicht nur“)</translation>
    </message>
    <message>
      <source>dashes</source>
      <translation>Gedankenstriche</translation>
    </message>
    <message>
      <source>demanding reading</source>
      <translation>anspruchsvolle Sprache</translation>
    </message>
    <message>
      <source>direct statements</source>
      <translation>direkte Aussagen</translation>
    </message>
    <message>
      <source>easy reading</source>
      <translation>leichte Sprache</translation>
    </message>
    <message>
      <source>examples</source>
      <translation>Beispiele</translation>
    </message>
    <message>
      <source>exclamation marks</source>
      <translation>Ausrufezeichen</translation>
    </message>
    <message>
      <source>few figures</source>
      <translation>wenige Zahlen</translation>
    </message>
    <message>
      <source>few participles</source>
      <translation>wenige Partizipien</translation>
    </message>
    <message>
      <source>fewer commas</source>
      <translation>weniger Kommas</translation>
    </message>
    <message>
      <source>fewer paragraphs</source>
      <translation>weniger Absätze</translation>
    </message>
    <message>
      <source>figures and dates</source>
      <translation>Zahlen und Daten</translation>
    </message>
    <message>
      <source>headings</source>
      <translation>Überschriften</translation>
    </message>
    <message>
      <source>it does not say its scale</source>
      <translation>er nennt seinen Maßstab nicht</translation>
    </message>
    <message>
      <source>it has no manifest, or names a part twice</source>
      <translation>es hat kein Verzeichnis oder nennt einen Teil doppelt</translation>
    </message>
    <message>
      <source>it holds a part that belongs to no layer</source>
      <translation>er enthält einen Teil, der zu keiner Schicht gehört</translation>
    </message>
    <message>
      <source>it holds no layers, or more than any model has</source>
      <translation>er enthält keine Schichten oder mehr, als ein Modell hat</translation>
    </message>
    <message>
      <source>it holds numbers that are not finite</source>
      <translation>er enthält Zahlen, die nicht endlich sind</translation>
    </message>
    <message>
      <source>it holds something unknown: {v1}</source>
      <translation>es enthält Unbekanntes: {v1}</translation>
    </message>
    <message>
      <source>it is damaged</source>
      <translation>es ist beschädigt</translation>
    </message>
    <message>
      <source>it is encrypted</source>
      <translation>es ist verschlüsselt</translation>
    </message>
    <message>
      <source>it unpacks to far more than a profile holds</source>
      <translation>entpackt ist es weit mehr, als ein Profil enthält</translation>
    </message>
    <message>
      <source>its matrices are no pairs of one rank of at most {v1}</source>
      <translation>seine Matrizen sind keine Paare von einem Rang bis höchstens {v1}</translation>
    </message>
    <message>
      <source>its part {v1} cannot be read</source>
      <translation>sein Teil {v1} ist nicht lesbar</translation>
    </message>
    <message>
      <source>its replies won {v1} of {v2} comparisons with plain ones</source>
      <translation>seine Antworten gewannen {v1} von {v2} Vergleichen mit einfachen</translation>
    </message>
    <message>
      <source>its scale is out of bounds</source>
      <translation>sein Maßstab liegt außerhalb der Grenzen</translation>
    </message>
    <message>
      <source>lists</source>
      <translation>Listen</translation>
    </message>
    <message>
      <source>longer replies</source>
      <translation>längere Antworten</translation>
    </message>
    <message>
      <source>longer sentences</source>
      <translation>längere Sätze</translation>
    </message>
    <message>
      <source>more commas</source>
      <translation>mehr Kommas</translation>
    </message>
    <message>
      <source>more paragraphs</source>
      <translation>mehr Absätze</translation>
    </message>
    <message>
      <source>no closing summary</source>
      <translation>keine Zusammenfassung am Schluss</translation>
    </message>
    <message>
      <source>no code</source>
      <translation>kein Code</translation>
    </message>
    <message>
      <source>no comparisons</source>
      <translation>keine Vergleiche</translation>
    </message>
    <message>
      <source>no contractions</source>
      <translation>keine Verkürzungen</translation>
    </message>
    <message>
      <source>no dashes</source>
      <translation>keine Gedankenstriche</translation>
    </message>
    <message>
      <source>no examples</source>
      <translation>keine Beispiele</translation>
    </message>
    <message>
      <source>no exclamation marks</source>
      <translation>keine Ausrufezeichen</translation>
    </message>
    <message>
      <source>no headings</source>
      <translation>keine Überschriften</translation>
    </message>
    <message>
      <source>no opening courtesy</source>
      <translation>keine Höflichkeit am Anfang</translation>
    </message>
    <message>
      <source>no questions</source>
      <translation>keine Fragen</translation>
    </message>
    <message>
      <source>no quotations</source>
      <translation>keine Zitate</translation>
    </message>
    <message>
      <source>no reason given</source>
      <translation>ohne Angabe von Gründen</translation>
    </message>
    <message>
      <source>no refusals</source>
      <translation>kein Ablehnen</translation>
    </message>
    <message>
      <source>no repetition</source>
      <translation>keine Wiederholungen</translation>
    </message>
    <message>
      <source>no semicolons</source>
      <translation>keine Strichpunkte</translation>
    </message>
    <message>
      <source>no set phrases</source>
      <translation>keine Floskeln</translation>
    </message>
    <message>
      <source>no “I”</source>
      <translation>kein „Ich“</translation>
    </message>
    <message>
      <source>not being addressed</source>
      <translation>nicht angesprochen werden</translation>
    </message>
    <message>
      <source>ornate words</source>
      <translation>schmückende Wörter</translation>
    </message>
    <message>
      <source>over the network</source>
      <translation>über das Netzwerk</translation>
    </message>
    <message>
      <source>participles (-ing)</source>
      <translation>Partizipien (-ing)</translation>
    </message>
    <message>
      <source>perhaps its pages are pictures; </source>
      <translation>vielleicht sind die Seiten Bilder; </translation>
    </message>
    <message>
      <source>plain letters</source>
      <translation>einfache Schrift</translation>
    </message>
    <message>
      <source>plain, recurring words</source>
      <translation>einfache, wiederkehrende Wörter</translation>
    </message>
    <message>
      <source>questions</source>
      <translation>Fragen</translation>
    </message>
    <message>
      <source>quotations and dialogue</source>
      <translation>Zitate und Dialoge</translation>
    </message>
    <message>
      <source>repetition</source>
      <translation>Wiederholungen</translation>
    </message>
    <message>
      <source>restore the backup {v1} with `attune doctor --restore`</source>
      <translation>die Sicherung {v1} mit `attune doctor --restore` zurückholen</translation>
    </message>
    <message>
      <source>running text</source>
      <translation>Fließtext</translation>
    </message>
    <message>
      <source>saying little of {v1}</source>
      <translation>dass er wenig über {v1} sagt</translation>
    </message>
    <message>
      <source>sentences of even length</source>
      <translation>Sätze von gleicher Länge</translation>
    </message>
    <message>
      <source>sentences of mixed length</source>
      <translation>Sätze von gemischter Länge</translation>
    </message>
    <message>
      <source>set phrases</source>
      <translation>Floskeln</translation>
    </message>
    <message>
      <source>shorter replies</source>
      <translation>kürzere Antworten</translation>
    </message>
    <message>
      <source>shorter sentences</source>
      <translation>kürzere Sätze</translation>
    </message>
    <message>
      <source>staying with the query</source>
      <translation>Nähe zur Frage</translation>
    </message>
    <message>
      <source>straying from the query</source>
      <translation>Abschweifen von der Frage</translation>
    </message>
    <message>
      <source>the past tense</source>
      <translation>die Vergangenheit</translation>
    </message>
    <message>
      <source>the present tense</source>
      <translation>die Gegenwart</translation>
    </message>
    <message>
      <source>the question taken up at once</source>
      <translation>die Frage sofort aufgegriffen</translation>
    </message>
    <message>
      <source>the two matrices of {v1} do not fit each other</source>
      <translation>die beiden Matrizen von {v1} passen nicht zueinander</translation>
    </message>
    <message>
      <source>the words of the query</source>
      <translation>die Wörter der Frage</translation>
    </message>
    <message>
      <source>there is no backup; `attune doctor --start-new` keeps it aside and begins anew</source>
      <translation>es gibt keine Sicherung; `attune doctor --start-new` legt die Datei beiseite und beginnt neu</translation>
    </message>
    <message>
      <source>to whatever program listens there on this machine</source>
      <translation>an das Programm, das dort auf diesem Computer lauscht</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true oder false</translation>
    </message>
    <message>
      <source>unadorned words</source>
      <translation>schmucklose Wörter</translation>
    </message>
    <message>
      <source>unhedged wording</source>
      <translation>entschiedene Wortwahl</translation>
    </message>
    <message>
      <source>what it says of {v1}</source>
      <translation>was er über {v1} sagt</translation>
    </message>
    <message>
      <source>what the replies have in common</source>
      <translation>was die Antworten gemeinsam haben</translation>
    </message>
    <message>
      <source>wording of its own</source>
      <translation>eigene Formulierungen</translation>
    </message>
    <message>
      <source>wording shared with the others</source>
      <translation>Formulierungen wie in den anderen</translation>
    </message>
    <message>
      <source>words of its own</source>
      <translation>eigene Wörter</translation>
    </message>
    <message>
      <source>{v1} came to its end by itself; there is nothing to go on with.</source>
      <translation>{v1} kam von selbst zum Ende; es gibt nichts weiterzuschreiben.</translation>
    </message>
    <message>
      <source>{v1} cannot be removed ({v2}); check its permissions.</source>
      <translation>{v1} kann nicht entfernt werden ({v2}); die Rechte prüfen.</translation>
    </message>
    <message>
      <source>{v1} has {v2} characters, more than the {v3} that are taken; attach the part of it that matters.</source>
      <translation>{v1} hat {v2} Zeichen, mehr als die {v3}, die gehen; den wichtigen Teil anhängen.</translation>
    </message>
    <message>
      <source>{v1} holds no conversations of ChatGPT, Claude or Attune; choose the conversations.json (or .zip) of their exports.</source>
      <translation>{v1} enthält keine Unterhaltungen von ChatGPT, Claude oder Attune; die conversations.json (oder .zip) ihres Exports wählen.</translation>
    </message>
    <message>
      <source>{v1} holds no text; {v2}attach a file with text in it.</source>
      <translation>{v1} enthält keinen Text; {v2}eine Datei mit Text anhängen.</translation>
    </message>
    <message>
      <source>{v1} is a broken PDF; print it into a new PDF, or attach its text.</source>
      <translation>{v1} ist eine beschädigte PDF-Datei; in eine neue PDF-Datei drucken oder den Text anhängen.</translation>
    </message>
    <message>
      <source>{v1} is attached to this conversation already.</source>
      <translation>{v1} hängt schon an dieser Unterhaltung.</translation>
    </message>
    <message>
      <source>{v1} is empty or larger than 1 GB; export fewer chats.</source>
      <translation>{v1} ist leer oder größer als 1 GB; weniger Chats exportieren.</translation>
    </message>
    <message>
      <source>{v1} is larger than the {v2} MB that are taken; attach the part of it that matters.</source>
      <translation>{v1} ist größer als die {v2} MB, die gehen; den wichtigen Teil anhängen.</translation>
    </message>
    <message>
      <source>{v1} is no export file (it holds no readable {v2}); export it again.</source>
      <translation>{v1} ist keine Exportdatei (sie enthält kein lesbares {v2}); neu exportieren.</translation>
    </message>
    <message>
      <source>{v1} is no profile that can be imported (a part of it is damaged); export it again with Attune.</source>
      <translation>{v1} ist kein Profil, das sich importieren lässt (ein Teil ist beschädigt); mit Attune neu exportieren.</translation>
    </message>
    <message>
      <source>{v1} is no profile that can be imported ({v2}); export it again with Attune.</source>
      <translation>{v1} ist kein Profil, das sich importieren lässt ({v2}); mit Attune neu exportieren.</translation>
    </message>
    <message>
      <source>{v1} is not a text file; attach plain text, Markdown, source code or a PDF.</source>
      <translation>{v1} ist keine Textdatei; reinen Text, Markdown, Quelltext oder PDF anhängen.</translation>
    </message>
    <message>
      <source>{v1} kept after {v2} trial replies</source>
      <translation>{v1} behalten nach {v2} Probeantworten</translation>
    </message>
    <message>
      <source>{v1} names no profile; export it again with Attune.</source>
      <translation>{v1} nennt kein Profil; mit Attune neu exportieren.</translation>
    </message>
    <message>
      <source>{v1} of the held-out pairs right, before {v2}, in {v3} rankings</source>
      <translation>{v1} der zurückgelegten Paare richtig, vorher {v2}, in {v3} Rangfolgen</translation>
    </message>
    <message>
      <source>{v1} of {v2} rules hold on held-out rankings</source>
      <translation>{v1} von {v2} Regeln treffen an zurückgelegten Rangfolgen zu</translation>
    </message>
    <message>
      <source>{v1} replies cannot be written at once; ask for 1 to {v2}.</source>
      <translation>{v1} Antworten können nicht auf einmal geschrieben werden; 1 bis {v2} verlangen.</translation>
    </message>
    <message>
      <source>{v1} tokens cannot be compared at once; give {v2} at most.</source>
      <translation>{v1} Tokens können nicht auf einmal verglichen werden; höchstens {v2} angeben.</translation>
    </message>
    <message>
      <source>{v1} took too long to read; attach its text instead.</source>
      <translation>{v1} zu lesen dauerte zu lange; stattdessen den Text anhängen.</translation>
    </message>
    <message>
      <source>{v1} was made by a newer Attune; install that version to import it.</source>
      <translation>{v1} stammt von einem neueren Attune; zum Importieren diese Version installieren.</translation>
    </message>
    <message>
      <source>“{v1}” cannot be pinned and banned at once.</source>
      <translation>„{v1}“ kann nicht zugleich angeheftet und gesperrt sein.</translation>
    </message>
    <message>
      <source>“{v1}” takes a number from {v2} to {v3}.</source>
      <translation>„{v1}“ nimmt eine Zahl von {v2} bis {v3}.</translation>
    </message>
    <message>
      <source>“{v1}” takes one of {v2}.</source>
      <translation>„{v1}“ nimmt eines von {v2}.</translation>
    </message>
    <message>
      <source>“{v1}” takes {v2}, not “{v3}”.</source>
      <translation>„{v1}“ nimmt {v2}, nicht „{v3}“.</translation>
    </message>
  </context>
</TS>
