using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;
using Voice.Infrastructure.AfricasTalking;
using Voice.Infrastructure.Audio;

namespace Voice.UnitTests.AfricasTalking;

public class CallbackReaderTests
{
    [Fact]
    public void The_recorded_answered_event_is_read()
    {
        var report = Read(Fixture.Form(Fixture.Text("event-answered.form")));

        report.SessionId.Should().Be("ATVId_11163e2ea9a58f3a7999fecda8eeb43a");
        report.IsFinal.Should().BeFalse();
        report.FirstParty.Should().Be(PartyState.Answered);
        report.OtherParty.Should().Be(PartyState.Waiting);
    }

    [Fact]
    public void The_recorded_ringing_event_says_active_but_nobody_is_on_the_line_yet() =>
        Read(Fixture.Form(Fixture.Text("event-ringing.form"))).FirstParty.Should().Be(PartyState.Ringing);

    [Fact]
    public void The_recorded_busy_event_is_final()
    {
        var report = Read(Fixture.Form(Fixture.Text("event-final-busy.form")));

        report.IsFinal.Should().BeTrue();
        report.Failure.Should().Be(FailureCode.Busy);
    }

    [Theory]
    [InlineData("status=NotAnswered&hangupCause=USER_BUSY", FailureCode.Busy)]
    [InlineData("status=NotAnswered&hangupCause=NO_ANSWER", FailureCode.NoAnswer)]
    [InlineData("status=NotAnswered&hangupCause=NO_USER_RESPONSE", FailureCode.NoAnswer)]
    [InlineData("status=NotAnswered&hangupCause=SUBSCRIBER_ABSENT", FailureCode.NoAnswer)]
    [InlineData("status=NotAnswered&hangupCause=CALL_REJECTED", FailureCode.Rejected)]
    [InlineData("status=NotAnswered", FailureCode.NoAnswer)]
    [InlineData("callSessionState=Busy", FailureCode.Busy)]
    [InlineData("callSessionState=Rejected", FailureCode.Rejected)]
    [InlineData("status=NotAnswered&hangupCause=UNALLOCATED_NUMBER", FailureCode.InvalidNumber)]
    [InlineData("status=Aborted&hangupCause=NORMAL_CLEARING", FailureCode.Failed)]
    [InlineData("status=Failed", FailureCode.Failed)]
    [InlineData("status=Success&dialStartTime=None", FailureCode.PartyUnreachable)]
    [InlineData("status=Success&dialDurationInSeconds=0", FailureCode.PartyUnreachable)]
    [InlineData("status=Success&lastBridgeHangupCause=NO_ANSWER", FailureCode.PartyUnreachable)]
    [InlineData("status=Success&lastBridgeHangupCause=NORMAL_CLEARING", null)]
    [InlineData("status=Success&durationInSeconds=342", null)]
    [InlineData("status=Success&dialDurationInSeconds=42&lastBridgeHangupCause=NORMAL_TEMPORARY_FAILURE", null)]
    [InlineData("callSessionState=Completed", null)]
    [InlineData("callSessionState=SomethingNew", null)]
    [InlineData("status=Aborted&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3", null)]
    public void A_final_event_means(string fields, FailureCode? failure) =>
        Read(Fixture.Form("isActive=0&sessionId=S&" + fields)).Failure.Should().Be(failure);

    [Theory]
    [InlineData("callSessionState=Ringing", PartyState.Ringing, PartyState.Waiting)]
    [InlineData("callSessionState=Answered", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=Active&callStartTime=2021-10-13+19:10:16", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=Active&callStartTime=None", PartyState.Ringing, PartyState.Waiting)]
    [InlineData("callSessionState=Dialing&dialDestinationNumber=254787654321", PartyState.Answered, PartyState.Dialled)]
    [InlineData("callSessionState=Bridged", PartyState.Bridged, PartyState.Bridged)]
    [InlineData("callSessionState=Completed", PartyState.Dialled, PartyState.Waiting)]
    [InlineData("callSessionState=", PartyState.Dialled, PartyState.Waiting)]
    public void An_active_event_means(string fields, PartyState first, PartyState other)
    {
        var report = Read(Fixture.Form("isActive=1&sessionId=S&" + fields));

        report.IsFinal.Should().BeFalse("isActive decides, never the state");
        (report.FirstParty, report.OtherParty).Should().Be((first, other));
    }

    [Theory]
    [InlineData("""{"sessionId":"conf_1","recordingUrl":"https://a.at-internal.com/1.mp3","duration":342}""", null, 342)]
    [InlineData("""{"sessionId":"conf_1","status":"completed","duration":"342"}""", null, 342)]
    [InlineData("""{"sessionId":"conf_1","status":"no-answer","phoneNumber":null}""", FailureCode.NoAnswer, null)]
    [InlineData("""{"sessionId":"conf_1","status":"busy"}""", FailureCode.Busy, null)]
    [InlineData("""{"sessionId":"conf_1","status":"failed"}""", FailureCode.Failed, null)]
    public void The_short_vocabulary_is_always_final(string json, FailureCode? failure, int? seconds)
    {
        var report = Read(Fixture.Json(json));

        report.IsFinal.Should().BeTrue();
        report.Failure.Should().Be(failure);
        report.ConversationSeconds.Should().Be(seconds);
    }

    [Theory]
    [InlineData("status=Success&durationInSeconds=0&hangupCause=USER_BUSY", FailureCode.Busy)]
    [InlineData("status=Success&durationInSeconds=0.0&hangupCause=NO_ANSWER", FailureCode.NoAnswer)]
    [InlineData("status=Success&durationInSeconds=0&hangupCause=no-answer", FailureCode.NoAnswer)]
    [InlineData("status=Success&dialDurationInSeconds=0&hangupCause=CALL_REJECTED", FailureCode.Rejected)]
    [InlineData("callSessionState=Completed&hangupCause=SUBSCRIBER_ABSENT", FailureCode.NoAnswer)]
    [InlineData("status=Success&durationInSeconds=0&hangupCause=NORMAL_TEMPORARY_FAILURE", FailureCode.Failed)]
    [InlineData("status=Success&durationInSeconds=20&hangupCause=USER_BUSY", FailureCode.PartyUnreachable)]
    [InlineData("status=Success&durationInSeconds=0&hangupCause=NORMAL_CLEARING", null)]
    [InlineData("status=Cancelled&hangupCause=USER_BUSY", FailureCode.Busy)]
    [InlineData("status=Cancelled", FailureCode.Failed)]
    [InlineData("callSessionState=canceled", FailureCode.Failed)]
    [InlineData("status=Aborted&hangupCause=NO_ANSWER", FailureCode.NoAnswer)]
    [InlineData("callSessionState=notanswered&hangupCause=user_busy", FailureCode.Busy)]
    [InlineData("callSessionState=not-answered", FailureCode.NoAnswer)]
    [InlineData("callSessionState=BUSY", FailureCode.Busy)]
    [InlineData("status=ABORTED", FailureCode.Failed)]
    [InlineData("status=success&dialstarttime=None&dialStartTime=none", FailureCode.PartyUnreachable)]
    public void The_cause_of_a_final_event_decides_however_it_is_spelled(string fields, FailureCode? failure) =>
        Read(Fixture.Form("isActive=0&sessionId=S&" + fields)).Failure.Should().Be(failure);

    [Theory]
    [InlineData("callSessionState=ringing", PartyState.Ringing, PartyState.Waiting)]
    [InlineData("callSessionState=ANSWERED", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=bridged", PartyState.Bridged, PartyState.Bridged)]
    [InlineData("callSessionState=Answered&durationInSeconds=-1", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=Answered&dialDurationInSeconds=x&recordingUrl=null", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=Answered&recordingUrl=nowhere", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=Ringing&callSessionState=Answered", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=Answered&callSessionState=Ringing", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=Answered&recordingUrl=a&recordingUrl=b", PartyState.Answered, PartyState.Waiting)]
    public void While_a_call_runs_only_its_session_and_its_state_matter(string fields, PartyState first, PartyState other)
    {
        var report = Read(Fixture.Form("isActive=1&sessionId=S&" + fields));

        (report.FirstParty, report.OtherParty).Should().Be((first, other));
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("60.0", 60)]
    [InlineData("60.", 60)]
    [InlineData("060", 60)]
    [InlineData(" 60 ", 60)]
    [InlineData("6e1", 60)]
    [InlineData("", null)]
    [InlineData("None", null)]
    [InlineData("none", null)]
    [InlineData("null", null)]
    [InlineData("N/A", null)]
    public void A_duration_is_read_as_it_is_meant(string text, int? seconds) =>
        Read(Fixture.Form($"isActive=0&sessionId=S&dialDurationInSeconds={text}")).ConversationSeconds.Should().Be(seconds);

    [Theory]
    [InlineData("isActive=0&durationInSeconds=-1", "durationInSeconds")]
    [InlineData("isActive=0&durationInSeconds=99999999999", "durationInSeconds")]
    [InlineData("isActive=0&dialDurationInSeconds=1.5", "dialDurationInSeconds")]
    [InlineData("isActive=0&dialDurationInSeconds=%D9%A3%D9%A4", "dialDurationInSeconds")]
    [InlineData("isActive=0&dialDurationInSeconds=1&dialDurationInSeconds=2", "dialDurationInSeconds")]
    [InlineData("isActive=0&recordingUrl=abc", "recordingUrl")]
    [InlineData("isActive=0&recordingUrl=file%3A%2F%2F%2Fetc%2Fpasswd", "recordingUrl")]
    [InlineData("isActive=0&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F2.mp3",
        "recordingUrl")]
    [InlineData("isActive=0&status=Success&status=Aborted", "status")]
    [InlineData("recordingUrl=javascript%3Aalert(1)", "recordingUrl")]
    [InlineData("duration=-5", "duration")]
    [InlineData("status=done", "status")]
    public void A_bad_part_of_a_final_event_is_told_and_the_call_is_over_all_the_same(string fields, string field)
    {
        var read = ReadAll(Fixture.Form("sessionId=S&" + fields));

        read.Problems.Keys.Should().Equal(field);
        read.Report!.IsFinal.Should().BeTrue();
        read.Report.Description.Should().EndWith($"; it could not be read: {field}");
        (read.Report.RecordingUrl, read.Report.ConversationSeconds).Should().Be((null, null));
    }

    [Fact]
    public void The_good_parts_of_a_final_event_count()
    {
        var report = ReadAll(Fixture.Form("isActive=0&sessionId=S&durationInSeconds=70&dialDurationInSeconds=-1"
            + "&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3")).Report!;

        (report.RecordingUrl, report.CallSeconds, report.ConversationSeconds).Should().Be(("https://a.at-internal.com/1.mp3", 70, null));
    }

    [Theory]
    [InlineData("https://voice.africastalking.com/recording/abc123def456", true)]
    [InlineData("https://A.AT-INTERNAL.COM/1.mp3", true)]
    [InlineData("http://a.at-internal.com/1.mp3", false)]
    [InlineData("https://at-internal.com.evil.example/1.mp3", false)]
    [InlineData("https://evilat-internal.com/1.mp3", false)]
    [InlineData("https://evil.example/.at-internal.com", false)]
    [InlineData("https://a.at-internal.com@evil.example/1.mp3", false)]
    [InlineData("https://user@a.at-internal.com/1.mp3", false)]
    [InlineData("http://127.0.0.1:8000/sandbox/recordings/1.mp3", false)]
    public void An_address_counts_only_if_it_is_https_and_its_host_is_on_the_list(string address, bool counts)
    {
        var report = Read(Fixture.Form($"isActive=0&sessionId=S&recordingUrl={Uri.EscapeDataString(address)}"));

        report.RecordingUrl.Should().Be(counts ? address : null);
        report.AddressWasRefused.Should().Be(!counts);
        report.Description.Contains(address).Should().Be(!counts, "the timeline tells");
    }

    [Theory]
    [InlineData("isActive=1", "sessionId")]
    [InlineData("", "sessionId")]
    [InlineData("sessionId=None&isActive=0", "sessionId")]
    [InlineData("sessionId=%00&isActive=0", "sessionId")]
    [InlineData("sessionId=a b&isActive=0", "sessionId")]
    [InlineData("sessionId=A&sessionId=B&isActive=0", "sessionId")]
    public void A_form_that_does_not_say_what_it_is_about_names_the_field(string body, string field) =>
        ReadAll(Fixture.Form(body)).Should().Match<ReadCallback>(read => read.Report == null && read.Problems.ContainsKey(field));

    [Theory]
    [InlineData("not json", "body")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("""{"sessionId":{"a":1}}""", "sessionId")]
    [InlineData("""{"sessionId":["S"]}""", "sessionId")]
    [InlineData("""{"sessionId":"A","sessionId":"B"}""", "sessionId")]
    [InlineData("""{"sessionId":"S","status":"comp""", "body")]
    [InlineData("""{"sessionId":"S","x":"unfinished}""", "body")]
    [InlineData("""{"sessionId":"S","isActive":"0\""", "body")]
    public void Unreadable_json_names_the_field(string body, string field) =>
        ReadAll(Fixture.Json(body)).Should().Match<ReadCallback>(read => read.Report == null && read.Problems.ContainsKey(field));

    [Theory]
    [InlineData("isActive=2&callSessionState=Answered", "Answered")]
    [InlineData("isActive=&callSessionState=Answered", "Answered")]
    [InlineData("isActive=None&callSessionState=Completed&durationInSeconds=4", "Completed")]
    [InlineData("callSessionState=Completed", "Completed")]
    [InlineData("status=Success&durationInSeconds=4", "unnamed state")]
    [InlineData("direction=Outbound&callerNumber=%2B254712345678", "unnamed state")]
    [InlineData("hangupCause=USER_BUSY", "unnamed state")]
    [InlineData("isActive=0&isActive=1", "unnamed state")]
    public void An_event_of_the_providers_own_that_does_not_say_whether_the_call_is_over_ends_no_call(string fields, string name)
    {
        var read = ReadAll(Fixture.Form("sessionId=S&" + fields));

        read.Problems.Keys.Should().Equal("isActive");
        read.Report.Should().Match<CallEvent>(report =>
            !report.IsFinal && report.FirstParty == PartyState.Waiting && report.OtherParty == PartyState.Waiting);
        read.Report!.Description.Should().Be($"{name}; it could not be read: isActive");
    }

    [Theory]
    [InlineData("isActive=0.0&dialDurationInSeconds=55.0&status=SUCCESS&recordingUrl=HTTPS%3A%2F%2FA.at-internal.com%2F1.mp3")]
    [InlineData("isActive=false&dialDurationInSeconds=055&callSessionState=completed&callSessionState=Completed")]
    [InlineData("isActive=00&dialDurationInSeconds=5.5e1&hangupCause=NORMAL_CLEARING&hangupCause=normal%20clearing")]
    public void One_value_written_in_two_ways_is_one_value(string again)
    {
        var report = Read(Fixture.Form("sessionId=S&isActive=0&dialDurationInSeconds=55&status=Success"
            + "&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3&" + again));

        report.Should().Match<CallEvent>(read => read.IsFinal && read.ConversationSeconds == 55);
        report.RecordingUrl.Should().Be("https://a.at-internal.com/1.mp3");
    }

    [Theory]
    [InlineData("status=5&callSessionState=5&durationInSeconds=55", "unnamed state, final, 55 s")]
    [InlineData("callSessionState=%3F%3F&status=Success", "unnamed state, final")]
    public void A_state_without_a_letter_has_no_name(string fields, string description) =>
        Read(Fixture.Form("isActive=0&sessionId=S&" + fields)).Description.Should().Be(description);

    [Theory]
    [MemberData(nameof(OddBytes))]
    public void What_nobody_reads_never_decides(string what, byte[] body, string type)
    {
        var read = ReadAll(new RawCallback(body, type, TheRecording.Start));

        read.Problems.Should().BeEmpty(what);
        read.Report.Should()
            .Match<CallEvent>(report => report.IsFinal && report.SessionId == "S" && report.ConversationSeconds == 42, what);
    }

    public static TheoryData<string, byte[], string> OddBytes()
    {
        const string form = "sessionId=S&duration=42&status=completed";
        const string json = """{"sessionId":"S","duration":42}""";
        var data = new TheoryData<string, byte[], string>();
        Form("a NUL", form + "&clientRequestId=a%00b&a%00b=c");
        Form("bytes that are no UTF-8", form + "&callerCarrierName=Telef%F3nica&x=%FF%FE%80");
        Form("a field twice", form + "&" + form);
        Form("a field twice, once with nothing in it", form + "&duration=&duration=None");
        Form("another field with two values", form + "&amount=1&amount=2");
        Form("broken escapes", form + "&x=%zz&y=%&=z&&&");
        Form("a member of the prototype", form + "&__proto__=1&constructor=2");
        Form("a byte order mark", "\uFEFF" + form);
        Form("a new line at the end", form.Replace("S&", "S%0A&") + "\r\n");
        Json("a byte order mark", "\uFEFF" + json);
        Json("half a surrogate pair", """{"sessionId":"S","duration":42,"x":"\ud800","y":"\udc00\ud800","\ud83d":1}""");
        Json("a whole pair and an escaped backslash", """{"sessionId":"S","duration":42,"x":"\ud83d\ude00","y":"\\ud800"}""");
        Json("a NUL in a name", """{"sessionId":"S","duration":"42","a\u0000b":"c\u0000"}""");
        Json("something nested", """{"sessionId":"S","duration":42.0,"x":{"sessionId":"T"},"y":[1,[2]]}""");
        Json("something nested very deeply", "{\"sessionId\":\"S\",\"duration\":42,\"x\":" + new string('[', 20_000)
            + new string(']', 20_000) + "}");
        Json("a member twice", """{"sessionId":"S","sessionId":"S","duration":42,"duration":"42"}""");
        Json("raw control characters", "{\"sessionId\":\"S\",\"duration\":42,\"x\":\"a\tb\nc\0d\u0001\"}");
        Json("bad escapes", """{"sessionId":"S","duration":42,"x":"\q\u12\x41\"}","y":"\\"}""");
        Json("no JSON values", """{"sessionId":"S","duration":42,"a":NaN,"b":012,"c":None,"d":-Infinity,"e":+1,"f":,"g":'h',"i":.5}""");
        Json("a NUL at the end", """{"sessionId":"S","duration":42}""" + "\0");
        Json("something after the end", """{"sessionId":"S","duration":42}""" + "\r\n}]\"xx");
        Json("comments", "/* a {\"b\":1} */ // c\n{\"sessionId\":\"S\", /* , */ \"duration\":42 // }\n}");
        Json("two byte order marks", "\uFEFF\uFEFF" + json);
        Json("a comma too many", """{"sessionId":"S",,"duration":42,}""");
        Json("names without quotes", """{sessionId:"S",duration:42}""");
        Json("escaped names", """{"session\u0049d":"S","\u0064uration":42}""");
        Json("braces in texts", """{"x":"}{][","sessionId":"S","duration":42,"y":{"z":"}"}}""");
        Json("a number that nothing holds", """{"sessionId":"S","duration":42,"x":1e999999}""");
        data.Add("Latin-1 in JSON", [.. Encoding.UTF8.GetBytes("""{"sessionId":"S","duration":42,"callerCarrierName":"Telef"""), 0xF3,
            .. "nica\"}"u8], "application/json");
        data.Add("UTF-16", Encoding.Unicode.GetBytes(json), "application/json; charset=utf-16");
        data.Add("UTF-16 with its mark", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(json)], "application/json");
        data.Add("JSON with a form's label", Encoding.UTF8.GetBytes(json), "application/x-www-form-urlencoded");
        foreach (var type in new[] { "", "text/plain", "text/json", "application/octet-stream", "multipart/form-data", "garbage",
            "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data; boundary=other" })
        {
            data.Add($"a form as {type}", Encoding.UTF8.GetBytes(form), type);
            data.Add($"JSON as {type}", Encoding.UTF8.GetBytes(json), type);
        }
        data.Add("a form as JSON", Encoding.UTF8.GetBytes(form), "application/json");
        data.Add("zlib", Deflate(form), "application/x-www-form-urlencoded");
        data.Add("packed twice", [.. Zip(Encoding.Latin1.GetString(Zip(form)), Encoding.Latin1)], "application/x-www-form-urlencoded");
        data.Add("a zipped form", Zip(form), "application/x-www-form-urlencoded");
        data.Add("zipped JSON", Zip(json), "application/json");
        foreach (var boundary in new[] { "X", "----=_Part_0_12345/67:8", "'()+_,-./:=?" })
            data.Add("multipart", Encoding.UTF8.GetBytes(
                $"This is a message in several parts.\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"sessionId\"\r\n\r\nS\r\n"
                + $"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + $"content-disposition: form-data; filename=x; name=duration\r\n\r\n42\r\n--{boundary}--\r\n"),
                $"multipart/form-data; boundary={boundary}");
        return data;

        void Form(string what, string body) => data.Add(what, Encoding.UTF8.GetBytes(body), "application/x-www-form-urlencoded");
        void Json(string what, string body) => data.Add(what, Encoding.UTF8.GetBytes(body), "application/json");
    }

    [Property(MaxTest = 3000)]
    public void No_bytes_are_ever_more_than_unreadable(byte[] noise, PositiveInt place, bool json)
    {
        var whole = json
            ? """{"isActive":"0","sessionId":"A_1","status":"Success","x":{"y":"\ud83d\ude00"},"dialDurationInSeconds":"42"}"""u8.ToArray()
            : "isActive=0&sessionId=A_1&status=Success&recordingUrl=https%3A%2F%2Fa.at-internal.com&dialDurationInSeconds=4"u8.ToArray();
        var at = place.Get % whole.Length;
        foreach (
            var body in new[] { noise, [.. whole[..at], .. noise, .. whole[at..]], [.. whole[..at], .. noise], [0x1F, 0x8B, .. noise] })
        {
            var read = ReadAll(new RawCallback(body, json ? "application/json" : "application/x-www-form-urlencoded", TheRecording.Start));

            read.Digest.Should().HaveLength(64);
            (read.Report is not null || read.Problems.Count > 0).Should().BeTrue();
            string?[] texts = [
                read.SessionId, read.Report?.RecordingId, read.Report?.RecordingUrl, read.Report?.Description, .. read.Problems.Keys];
            texts.Should().OnlyContain(
                text => text == null || text.All(character => character >= ' ' && character <= '~'), "it goes into a database");
        }
    }

    [Fact]
    public void The_same_members_in_another_order_or_encoding_are_the_same_report()
    {
        var form = ReadAll(Fixture.Form("sessionId=S&duration=5"));

        ReadAll(Fixture.Form("duration=5&sessionId=S")).Digest.Should().Be(form.Digest);
        ReadAll(Fixture.Json("""{"duration":5,"sessionId":"S"}""")).Digest.Should().Be(form.Digest);
        ReadAll(Fixture.Form("sessionId=S&duration=6")).Digest.Should().NotBe(form.Digest);
    }

    [Fact]
    public void The_description_carries_nothing_personal()
    {
        var report = Read(Fixture.Form("isActive=1&sessionId=S&callerNumber=%2B254712345678&callSessionState=%2B254712345678%3Cscript%3E"));

        report.Description.Should().Be("script");
    }

    private static ReadCallback ReadAll(RawCallback callback) =>
        CallbackReader.Read(callback, new AudioHosts(new AudioSettings(), sandbox: null));

    private static byte[] Zip(string text, Encoding? encoding = null)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionMode.Compress)) zip.Write((encoding ?? Encoding.UTF8).GetBytes(text));
        return zipped.ToArray();
    }

    private static byte[] Deflate(string text)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Compress)) zlib.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static CallEvent Read(RawCallback callback)
    {
        var read = ReadAll(callback);
        read.Problems.Should().BeEmpty();
        return read.Report!;
    }
}
