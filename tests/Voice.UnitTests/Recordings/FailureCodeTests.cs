using Voice.Domain.Recordings;

namespace Voice.UnitTests.Recordings;

public class FailureCodeTests
{
    [Fact]
    public void Each_is_explained_in_the_order_of_belief()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "failures.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

        rows.Should().Equal(Enum.GetValues<FailureCode>().Select(code => code.Name()));
    }
}
