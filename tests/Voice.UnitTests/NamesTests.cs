using System.Reflection;
using System.Text.Json;
using Voice.Application.Jobs;
using Voice.Domain.Recordings;

namespace Voice.UnitTests;

public class NamesTests
{
    [Fact]
    public void Every_enum_is_spelled_as_its_members_are_in_lower_case_with_underscores()
    {
        var names = new[] { typeof(RecordingStatus).Assembly, typeof(Job).Assembly }
            .SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.Name == "Name" && method.GetParameters() is [{ ParameterType.IsEnum: true }]).ToList();

        names.Should().HaveCountGreaterThan(8);
        foreach (var method in names)
            foreach (var member in Enum.GetValues(method.GetParameters()[0].ParameterType))
                method.Invoke(null, [member]).Should().Be(JsonNamingPolicy.SnakeCaseLower.ConvertName($"{member}"));
    }
}
